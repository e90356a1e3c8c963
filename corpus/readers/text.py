"""Plain text: finds out its encoding, and refuses what is no text."""

import codecs
import unicodedata
from functools import lru_cache

from corpus.errors import CorpusError, UnreadableFileError

# Longest first: UTF-32's little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Text is judged by this many characters from its beginning, middle and end.
_SAMPLE = 8000
_MAX_CONTROL_SHARE = 0.01
_MAX_REPLACED_SHARE = 0.002
# Of a Chinese text's Han characters over 99 % are in GB 2312 (traditional: two in three); of
# UTF-8 or Big5 read as GBK, about one in three.
_MIN_COMMON_SHARE = 0.55
_MIN_HAN_TO_JUDGE = 12
# Two-byte text read as Latin-1 (ä¹æ¸) has more accented letters than a Chinese one ever has.
_MAX_LATIN_SHARE = 0.5
_MOJIBAKE = ("锟斤拷", "烫烫烫", "屯屯屯")


class TextReader:
    """Plain text in UTF-8, UTF-16 or -32 with a byte order mark, or GB 18030 (GBK, GB 2312).

    Args:
        utf8_only: Refuses everything but UTF-8: for files whose bytes are ours.
    """

    suffixes: tuple[str, ...] = (".txt", ".text")

    def __init__(self, *, utf8_only: bool = False) -> None:
        self._utf8_only = utf8_only

    def read(self, data: bytes) -> str:
        """Decodes text.

        Raises:
            CorpusError: The bytes are not text in one of the encodings.
        """
        if not self._utf8_only:
            return decode(data)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise CorpusError(f"not UTF-8 text ({error}); save the file as UTF-8") from error


def decode(data: bytes, declared: str | None = None) -> str:
    """Decodes text whose encoding is not known for sure.

    Args:
        data: The bytes.
        declared: The encoding that the file says it is in, if it says so.

    Returns:
        The text: by the byte order mark, else as declared, else as UTF-8, else as GB 18030.

    Raises:
        UnreadableFileError: No encoding yields text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decoded(data, encoding)
            if text is None:
                raise _not_text(f"it begins as {encoding.upper()} and is not")
            return _checked(text)
    # GB 18030 holds all of GBK and GB 2312, which pages declare and then exceed.
    names = [_superset(declared), "utf-8"] if declared else ["utf-8"]
    for name in names:
        text = _decoded(data, name)
        if text is not None:
            return _checked(text)
    if (damage := _damaged_utf8(data)) is not None:
        raise _not_text(f"it is UTF-8 with damaged bytes, the first at byte {damage}")
    text = _decoded(data, "gb18030")
    if text is None:
        raise _not_text("its bytes are neither UTF-8 nor GB 18030")
    return _checked(text)


def _superset(encoding: str) -> str:
    name = encoding.strip().lower().replace("_", "-")
    return "gb18030" if name.startswith("gb") or name == "x-gbk" else name


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    # codecs such as `idna` or `punycode` decode bytes to something, `rot13` to no text at all
    return text if isinstance(text, str) else None


def _damaged_utf8(data: bytes) -> int | None:
    """Where UTF-8 that is whole but for a few bytes breaks, or None if it is not UTF-8."""
    text = data.decode("utf-8", errors="replace")
    replaced = text.count("\ufffd")
    multibyte = sum(1 for char in text[: 10 * _SAMPLE] if char > "\u07ff") - replaced
    if multibyte <= 20 * replaced:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _checked(text: str) -> str:
    """The text, if it is one.

    Raises:
        UnreadableFileError: It is binary, or characters of a wrong decoding.
    """
    middle = max(len(text) // 2 - _SAMPLE // 2, 0)
    sample = text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    if not sample:
        return text
    controls = sum(1 for c in sample if unicodedata.category(c) == "Cc" and not c.isspace())
    unassigned = sum(1 for c in sample if unicodedata.category(c) in {"Cn", "Co", "Cs"})
    if "\x00" in sample or controls + unassigned > _MAX_CONTROL_SHARE * len(sample) + 1:
        raise _not_text("it is binary data")
    wide = [c for c in sample if c > "\x7f"]
    if sample.count("\ufffd") > max(_MAX_REPLACED_SHARE * len(sample), 2):
        raise _mojibake()
    if any(sample.count(sign) >= 3 for sign in _MOJIBAKE):
        raise _mojibake()
    han = [c for c in wide if "\u4e00" <= c <= "\u9fff"]
    latin = sum(1 for c in wide if "\x80" <= c <= "\xff" and c not in "·×÷±°§")
    if latin >= _MIN_HAN_TO_JUDGE and latin > _MAX_LATIN_SHARE * len(wide) and not han:
        # French is accented too, but an accented letter stands among plain ones.
        plain = sum(1 for c in sample if c.isascii() and c.isalpha())
        if latin > plain:
            raise _mojibake()
    common = sum(1 for c in han if c in _gb2312())
    if len(han) >= _MIN_HAN_TO_JUDGE and common < _MIN_COMMON_SHARE * len(han):
        raise _mojibake()
    return text


@lru_cache(maxsize=1)
def _gb2312() -> frozenset[str]:
    """The 6763 Han characters of GB 2312."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", errors="ignore") for pair in rows))


def _not_text(problem: str) -> UnreadableFileError:
    return UnreadableFileError(
        "corrupt", f"not readable as text: {problem}", "save the file as UTF-8 text"
    )


def _mojibake() -> UnreadableFileError:
    return _not_text("its characters are garbled (saved in one encoding, read in another)")
