"""HTML pages: the article without the site around it."""

# mypy: disable-error-code="import-untyped"

import re
from collections.abc import Iterator
from typing import cast

from corpus.readers.guard import guard, no_text
from corpus.readers.package import Element, local
from corpus.readers.text import decode
from corpus.readers.wording import clean, join_lines, join_row, squeeze, words

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I)
_CHARSET_WITHIN = 4096
_DROPPED = words(
    "script style noscript template nav header footer aside iframe object embed svg math select "
    "option button textarea title del s strike rt rp head audio video canvas dialog"
)
_BLOCKS = words(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure form "
    "h1 h2 h3 h4 h5 h6 hr html legend li main ol p pre section summary table tbody td tfoot th "
    "thead tr ul caption"
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
# Where the content systems of Chinese government sites (TRS, UCAP, 大汉) and HTML 5 put the text.
_ARTICLE_IDS = words("zoom ucap-content article-content articlecontent content_body")
_ARTICLE_CLASSES = words(
    "trs_editor trs_ueditor article-content article_content article-body article_body "
    "pages_content view trs_paper_preview zwnr con_text conten content_text entry-content"
)
_ARTICLE_TAGS = frozenset({"article", "main"})
# A container is the article if it holds this share of the page's text: lists of links and
# notices are the rest.
_ARTICLE_SHARE = 0.4
# A table with paragraphs this long in its cells is the page's layout, not a table.
_LAYOUT_CELL = 200
_ENUMERATION = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)


class HtmlReader:
    """HTML in any encoding that it declares; gov.cn pages may say GB 2312 and be GB 18030."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", ".shtml")

    def read(self, data: bytes) -> str:
        """Decodes a page and takes the article out of it.

        Raises:
            UnreadableFileError: The bytes are not text or no HTML, or hold no words.
        """
        with guard("HTML"):
            declared = _CHARSET.search(data[:_CHARSET_WITHIN])
            page = decode(data, declared[1].decode("ascii") if declared else None)
            root = _parse(page)
            title = _stated_title(root)
            _drop_unseen(root)
            body = next(root.iter("body"), root)
            article = _article(body)
            lines = list(_lines(article))
            if title and article is not body and title not in "".join(lines[:5]):
                lines.insert(0, title)
            text = join_lines(lines)
        if not text:
            raise no_text("HTML")
        return text


def _parse(page: str) -> Element:
    from lxml import etree, html

    # The page is already decoded: what it declares must not be obeyed again. libxml2 stops at
    # a null character.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    data = clean(page).encode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(data, parser=parser) if data.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError):
        # libxml2 mends whatever it can; what is left is a page without any element.
        root = None
    if root is None:
        raise no_text("HTML")
    return cast(Element, root)


def _stated_title(root: Element) -> str:
    """The title in `<meta name="ArticleTitle">`, which government sites must state."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle":
            return squeeze(meta.get("content") or "")
    return ""


def _drop_unseen(root: Element) -> None:
    for element in list(root.iter()):
        if _is_unseen(element):
            _empty(element)


def _empty(element: Element) -> None:
    """Empties an element in place: removing it would take the text behind it along."""
    tail = element.tail
    cast("_Clearable", element).clear()
    element.tag = "span"
    element.tail = tail


class _Clearable(Element):
    def clear(self) -> None:
        """Empties the element."""


def _is_unseen(element: Element) -> bool:
    tag = local(element)
    if tag in {"html", "body"}:
        return False
    if tag == "header" and _within_article(element):
        return False
    return (
        tag in _DROPPED
        or element.get("hidden") is not None
        or (tag == "div" and element.get("title") in {"header", "footer"})  # LibreOffice's export
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def _within_article(element: Element) -> bool:
    parent = element.getparent()
    while parent is not None:
        if local(parent) in _ARTICLE_TAGS:
            return True
        parent = parent.getparent()
    return False


def _article(body: Element) -> Element:
    """The smallest known container that holds a fair share of the page's text, or the body."""
    whole = _length(body)
    best, best_length = body, whole
    for element in body.iter():
        if not _is_article(element):
            continue
        length = _length(element)
        if length >= _ARTICLE_SHARE * whole and length <= best_length:
            best, best_length = element, length
    return best


def _is_article(element: Element) -> bool:
    classes = (element.get("class") or "").lower().split()
    return (
        local(element) in _ARTICLE_TAGS
        or (element.get("id") or "").lower() in _ARTICLE_IDS
        or any(name in _ARTICLE_CLASSES for name in classes)
    )


def _length(element: Element) -> int:
    """Characters beneath an element, those of links not counted."""
    linked = sum(_characters(link) for link in element.iter("a"))
    return _characters(element) - linked


def _characters(element: Element) -> int:
    inside = sum(len((e.text or "").strip()) for e in element.iter())
    return inside + sum(len((e.tail or "").strip()) for e in element.iter() if e is not element)


def _lines(root: Element) -> Iterator[str]:
    """The lines beneath an element; a walk with a stack of its own, as nesting may be hostile."""
    from lxml import etree

    buffer: list[str] = []
    counters: list[int | None] = []
    skipping: Element | None = None
    pre_depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = local(element)
        if skipping is not None:
            if event == "end" and element is skipping:
                skipping = None
                buffer.append(_tail(element, root, is_pre=pre_depth > 0))
            continue
        if tag == "pre":
            pre_depth += 1 if event == "start" else -1
        if event == "start":
            if tag in _BLOCKS:
                yield from _flush(buffer)
            if tag == "table" and _is_data_table(element):
                yield from _rows(element)
                skipping = element
                continue
            if tag == "br":
                buffer.append("\n")
            elif tag in {"ol", "ul"}:
                counters.append(_first_number(element))
            elif tag == "li" and counters and counters[-1] is not None:
                number = _integer(element.get("value"), counters[-1])
                buffer.append(f"{number}.")
                counters[-1] = number + 1
            buffer.append(_inline(element.text, is_pre=pre_depth > 0))
        else:
            if tag in _BLOCKS:
                yield from _flush(buffer)
            if tag in {"ol", "ul"} and counters:
                counters.pop()
            buffer.append(_tail(element, root, is_pre=pre_depth > 0))
    yield from _flush(buffer)


def _tail(element: Element, root: Element, *, is_pre: bool) -> str:
    return "" if element is root else _inline(element.tail, is_pre=is_pre)


def _inline(text: str | None, *, is_pre: bool) -> str:
    if not text or is_pre:
        return text or ""
    # A source line broken between two Chinese characters is no space; browsers show one, authors
    # mean none.
    text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\uffef])", "", text)
    return re.sub(r"[ \t\r\n\f\u00a0]+", " ", text)


def _flush(buffer: list[str]) -> list[str]:
    lines = [squeeze(line) for line in "".join(buffer).split("\n")]
    buffer.clear()
    return [line for line in lines if line]


def _first_number(element: Element) -> int | None:
    """Where an ordered list's numbers begin, or None if the list shows no figures."""
    if local(element) != "ol" or _ENUMERATION.search(element.get("style") or ""):
        return None
    return _integer(element.get("start"), 1) if (element.get("type") or "1") == "1" else None


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else default


def _is_data_table(table: Element) -> bool:
    """Whether a table tabulates; old pages lay text out with tables, whose cells are blocks."""
    if any(True for inner in table.iter("table") if inner is not table):
        return False
    cells = [cell for row in table.iter("tr") for cell in row if local(cell) in {"td", "th"}]
    rows = sum(1 for _ in table.iter("tr"))
    return len(cells) > rows and all(_characters(cell) <= _LAYOUT_CELL for cell in cells)


def _rows(table: Element) -> Iterator[str]:
    """A table's rows; a merged cell stands in its first row and column only."""
    spans: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row:
            if local(cell) not in {"td", "th"}:
                continue
            _pass_spans(spans, cells)
            below = _integer(cell.get("rowspan"), 1) - 1
            if below > 0:
                spans[len(cells)] = below
            cells.append(" ".join(_lines(cell)))
        _pass_spans(spans, cells)
        yield join_row(cells)


def _pass_spans(spans: dict[int, int], cells: list[str]) -> None:
    """Leaves the place empty that a cell from a row above reaches down into."""
    while spans.get(len(cells), 0) > 0:
        spans[len(cells)] -= 1
        cells.append("")
