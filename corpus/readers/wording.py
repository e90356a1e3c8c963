"""What all readers do to text: look-alike characters, invisible ones, table rows."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

# CJK Radicals Supplement (U+2E80–2EFF) → the ordinary character of the same shape, as pairs.
# Fonts embedded in PDFs map glyphs back to these; unlike the Kangxi radicals (U+2F00–2FD5) they
# have no compatibility decomposition that NFKC could undo.
_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵"
    "⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒"
    "⺳罓⺴冈⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车"
    "⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨"
    "⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_KANGXI = range(0x2F00, 0x2FD6)
# Soft hyphen, zero-width space, word joiner, byte order mark, direction marks: seen by nobody.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
# What XML and HTML call white space, and the ideographic space.
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u3000]+")
_LOOKALIKES: dict[int, str | None] = {
    **{ord(a): b for a, b in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI},
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **dict.fromkeys([*range(0x09), *range(0x0E, 0x20), 0x7F]),
}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_JUDGED = 200_000
_CELL_JOIN = " | "


def words(text: str) -> frozenset[str]:
    """A set of names, written as one text so that it can be read at a glance."""
    return frozenset(text.split())


def clean(text: str) -> str:
    """Ordinary characters for radical look-alikes; control and invisible characters go.

    Nothing else changes: full-width figures, quotation marks and units stay as the document has
    them, since answers quote it verbatim.
    """
    return text.translate(_LOOKALIKES)


def squeeze(text: str) -> str:
    """Runs of white space → one space each, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def join_row(cells: Sequence[str]) -> str:
    """A table row as one line; empty cells keep their place, a row without words is no line."""
    squeezed = [squeeze(cell) for cell in cells]
    return _CELL_JOIN.join(squeezed).strip() if any(squeezed) else ""


def join_lines(lines: Iterable[str]) -> str:
    """Lines → text: each stripped, empty ones dropped, a line break after each."""
    stripped = (line.strip() for text in lines for line in clean(text).splitlines())
    return "".join(f"{line}\n" for line in stripped if line)


def han_share(text: str) -> float:
    """The share of Chinese characters among the visible ones at the beginning of a text."""
    text = text[:_JUDGED]
    visible = sum(1 for char in text if not char.isspace())
    return len(_HAN.findall(text)) / visible if visible else 0.0
