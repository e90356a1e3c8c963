"""Where a clause's own heading ends and its wording begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.structure.outline import Level
from corpus.structure.units import section_lead

_BRACKETED = re.compile(r"[（(【〔\[](?P<title>[^）)】〕\]]{1,30})[）)】〕\]]\s*")
_SPACED = re.compile(r"(?P<title>[\u4e00-\u9fff、“”]{2,20})(?:\u3000+|\s{2,})(?=\S)")
_NAMED = re.compile(r"(?P<title>[^，。；：:\s]{2,15})[：:]\s*(?=\S)")
_SENTENCE = re.compile(r"(?P<title>[^。]*)。?")
_PHRASE = re.compile(r"[^，。；：,;:|（(\n]+")
# A first sentence of this kind is a provision, not its heading.
_PROVIDES = re.compile(
    r"给予|予以|应当|不得|可以|按照|负责|是指|适用|施行|奖励\d|补[助贴]\d|\d+(?:\.\d+)?(?:万|%|％|元)"
    r"|^(?:本|对|由|凡|经|自|按|符合)"
)
_LONGEST_SENTENCE, _LONGEST_WITH_COMMA, _LONGEST_PHRASE = 40, 25, 30


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and how many of the clause's characters stand before its wording.

    Attributes:
        title: The text's own heading, else the first phrase of the wording.
        width: Characters before the wording; the wording includes a title that is a phrase of it.
    """

    title: str
    width: int


def clause_heading(text: str, mark_width: int, level: Level, *, headed: bool) -> Heading:
    """The heading of a measure.

    Args:
        text: Its wording, number included.
        mark_width: How many characters the number takes.
        level: How it is numbered. In 第X条 a first sentence is a provision however short it is.
        headed: Whether clauses of its kind begin with a heading sentence, see `are_headed`.
    """
    first, _, others = text[mark_width:].partition("\n")
    if not first.strip() and others:  # the number has a line of its own
        mark_width += len(first) + 1
        first, _, others = others.partition("\n")
    if match := (_BRACKETED.match(first) if level == "article" else None):
        return Heading(match["title"].strip(), mark_width + match.end())
    for pattern in (_SPACED,) if level == "article" else (_SPACED, _NAMED):
        if match := pattern.match(first):
            return Heading(match["title"].strip(), mark_width + match.end())
    if level != "article":
        if others and "。" not in first and not re.search(r"[；;，]$", first):
            return Heading(bare_title(first), mark_width + len(first) + 1)
        match = _SENTENCE.match(first)
        assert match is not None  # the pattern matches the empty text
        behind = first[match.end() :] or others
        if headed and behind.strip() and _is_heading(match["title"]):
            return Heading(match["title"].strip(), mark_width + match.end())
    phrase = _PHRASE.match(first)
    return Heading(_shortened(phrase[0].strip() if phrase else first) or first, mark_width)


def _shortened(phrase: str) -> str:
    if len(phrase) <= _LONGEST_PHRASE:
        return phrase
    cut = phrase.rfind("、", 0, _LONGEST_PHRASE)
    return phrase[: cut if cut > 0 else _LONGEST_PHRASE]


def are_headed(wordings: Sequence[str]) -> bool:
    """Whether most clauses of a kind begin with a heading sentence; their numbers taken off.

    A short first sentence is taken for a heading only if it is the document's manner, as a quote
    begins behind the heading.
    """
    headed = 0
    for wording in wordings:
        sentence = _SENTENCE.match(wording)
        headed += sentence is not None and _is_heading(sentence["title"])
    return 2 * headed > len(wordings)


def section_heading(text: str) -> str:
    """The title of a section's heading line, its number taken off."""
    lead = section_lead(text)
    if lead:
        text = text[: lead.start]
    elif match := _NAMED.match(text):
        return match["title"]
    sentence = _SENTENCE.match(text)
    return bare_title(sentence["title"] if sentence else text)


def bare_title(line: str) -> str:
    """A heading line without its unit bracket and colon; 总　则 is 总则."""
    lead = section_lead(line)
    title = line[: lead.start if lead else None].strip().rstrip("：:").strip()
    pieces = title.split()
    return "".join(pieces) if pieces and all(len(piece) == 1 for piece in pieces) else title


def _is_heading(sentence: str) -> bool:
    commas = len(re.findall(r"[，,]", sentence))
    longest = _LONGEST_WITH_COMMA if commas else _LONGEST_SENTENCE
    return (
        0 < len(sentence) <= longest
        and commas <= 1
        and not re.search(r"[；：;:]", sentence)
        and not _PROVIDES.search(sentence)
    )
