"""The elements of a Word document's body: which are text, which are skipped, what they print."""

from collections.abc import Callable, Iterator

from corpus.readers.package import Element, attribute, child, local
from corpus.readers.wording import words

# Tracked deletions, the place that text was moved away from, and what is about text, not text.
SKIPPED = words(
    "del moveFrom pPr rPr tblPr tcPr trPr sectPr sdtPr sdtEndPr instrText delText delInstrText rt "
    "rubyPr annotationRef footnoteRef endnoteRef binData customXmlPr smartTagPr altChunk "
    "numberingChange fldData"
)
WRAPPERS = words("sdt sdtContent ins moveTo customXml smartTag AlternateContent")
# Glyphs of the symbol fonts that forms use; others have no character and are left out.
_SYMBOLS = {
    **dict.fromkeys(("f0fe", "f052"), "☑"),
    **dict.fromkeys(("f0a8", "f0a3"), "☐"),
    **dict(zip(("f06f", "f0fc", "f0fb", "f0b7", "f06c", "f06e", "f075"), "□√×•●■◆", strict=True)),
}


class Field:
    """A field such as PAGEREF between its begin and end marks: only its result is text."""

    def __init__(self) -> None:
        self.instruction = ""
        self.has_result = False

    @property
    def shows(self) -> bool:
        """Whether what stands here is printed; a table of contents would double the headings."""
        return self.has_result and not self.instruction.strip().upper().startswith("TOC")


def note_name(kind: str, number: int) -> str:
    """The mark of a note, in the text and before the note; each kind is counted by itself."""
    return f"[注{number}]" if kind == "footnote" else f"[尾注{number}]"


def chosen(element: Element) -> Element:
    """Of a choice between renderings the one that is read; any other element itself."""
    if local(element) != "AlternateContent":
        return element
    options = [c for c in element if local(c) in {"Choice", "Fallback"}]
    for option in options:
        if any(local(inner) in {"t", "sym"} for inner in option.iter()):
            return option
    return options[0] if options else element


def is_contents(block: Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = child(block, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(gallery, "val") == "Table of Contents"


def within(container: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside content controls and insertions."""
    for element in container:
        if local(element) == tag:
            yield element
        elif local(element) in WRAPPERS:
            yield from within(chosen(element), tag)


def is_gone(row: Element) -> bool:
    """Whether a table row is deleted by a tracked change."""
    return child(row, "trPr", "del") is not None


def continues(cell: Element) -> bool:
    """Whether a cell only continues one above it or before it, whose text stands there."""
    for name in ("vMerge", "hMerge"):
        merge = child(cell, "tcPr", name)
        if merge is not None and attribute(merge, "val") != "restart":
            return True
    return False


def _break(element: Element) -> str:
    """A line break within a paragraph is a line of its own; one to the next page is nothing."""
    return "" if attribute(element, "type") in {"page", "column"} else "\n"


def _symbol(element: Element) -> str:
    code = (attribute(element, "char") or "").lower()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    is_private = code.startswith(("e", "f")) and len(code) == 4
    try:
        return "" if is_private or not code else chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


# Children of a run that print something.
LEAVES: dict[str, Callable[[Element], str]] = {
    "t": lambda element: element.text or "",
    "br": _break,
    "cr": lambda _: "\n",
    "tab": lambda _: " ",
    "ptab": lambda _: " ",
    "noBreakHyphen": lambda _: "-",
    "softHyphen": lambda _: "",
    "sym": _symbol,
}
