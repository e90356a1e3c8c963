"""Word documents (Office Open XML): the final text, as a reader of the printed page sees it."""

import posixpath
from collections.abc import Iterator

from corpus.errors import UnreadableFileError
from corpus.readers.docx_lists import Lists, is_on, load_lists
from corpus.readers.docx_parts import (
    LEAVES,
    SKIPPED,
    WRAPPERS,
    Field,
    chosen,
    continues,
    is_contents,
    is_gone,
    note_name,
    within,
)
from corpus.readers.guard import corrupt, guard, no_text, scanned
from corpus.readers.package import Element, Package, attribute, child, children, local
from corpus.readers.wording import join_lines, join_row, squeeze

_MAIN_PART = "word/document.xml"


class DocxReader:
    """Word's .docx, as Word, WPS and LibreOffice write it.

    Tracked changes are taken as accepted, automatic numbers are written out, footnotes and
    endnotes follow the body under the mark that stands in the text ([注1], [尾注1]). Headers,
    footers, comments, hidden text and tables of contents are left out.
    """

    suffixes: tuple[str, ...] = (".docx",)

    def read(self, data: bytes) -> str:
        """Decodes a document.

        Raises:
            UnreadableFileError: It is damaged, too large, of another kind, or holds no text.
        """
        with guard("docx"):
            package = Package(data, "docx")
            main = _main_part(package)
            text = join_lines(_Body(package, main).lines())
            has_pictures = any("/media/" in name for name in package.names)
        if not text:
            raise scanned("docx") if has_pictures else no_text("docx")
        return text


def _main_part(package: Package) -> str:
    if package.has("[Content_Types].xml"):
        types = package.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise UnreadableFileError(
                "unsupported", "a Word document with macros", "save it as .docx without macros"
            )
    if package.has("_rels/.rels"):
        for relation in package.xml("_rels/.rels"):
            kind = attribute(relation, "Type") or ""
            target = (attribute(relation, "Target") or "").lstrip("/")
            if kind.endswith("/officeDocument") and package.has(target):
                return target
    if not package.has(_MAIN_PART):
        raise corrupt("docx", "it has no main document part")
    return _MAIN_PART


class _Body:
    """One pass over a document's body."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._related = self._relations()
        self._root = package.xml(main)
        self._lists: Lists = load_lists(self._part("numbering"), self._part("styles"))
        self._notes: dict[str, list[str]] = {"footnote": [], "endnote": []}  # ids, as marked
        self._text: list[str] = []  # of the paragraph being read
        self._boxes: list[str] = []  # text boxes anchored in it
        self._fields: list[Field] = []

    def lines(self) -> Iterator[str]:
        """The body's lines, then the notes'."""
        body = child(self._root, "body")
        if body is None:
            raise corrupt("docx", "its main part has no body")
        yield from self._blocks(body)
        yield from self._note_lines()

    def _relations(self) -> dict[str, str]:
        folder, name = posixpath.split(self._main)
        relations = f"{folder}/_rels/{name}.rels"
        if not self._package.has(relations):
            return {}
        found: dict[str, str] = {}
        for relation in self._package.xml(relations):
            target = attribute(relation, "Target") or ""
            path = target[1:] if target.startswith("/") else f"{folder}/{target}"
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            found.setdefault(kind, posixpath.normpath(path))
        return found

    def _part(self, kind: str) -> Element | None:
        path = self._related.get(kind)
        return self._package.xml(path) if path and self._package.has(path) else None

    def _blocks(self, container: Element) -> Iterator[str]:
        """The lines of whatever holds paragraphs: body, cell, text box, note."""
        for element in container:
            tag = local(element)
            if tag == "p":
                yield from self._paragraph(element)
            elif tag == "tbl":
                yield from self._table(element)
            elif tag in WRAPPERS and not is_contents(element):
                yield from self._blocks(chosen(element))
        # The container's last paragraph has no following one for its text to join.
        yield from self._end_paragraph(None)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        for element in paragraph:
            self._inline(element)
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            # The mark between two paragraphs is deleted: they are one in the final text.
            return
        yield from self._end_paragraph(properties)

    def _end_paragraph(self, properties: Element | None) -> Iterator[str]:
        text, boxes = "".join(self._text), self._boxes
        self._text, self._boxes = [], []
        if not self._lists.style_name(properties).startswith("toc "):
            number = self._lists.next_number(properties)
            if text.strip():
                lines = [squeeze(line) for line in text.split("\n")]
                first = next(i for i, line in enumerate(lines) if line)
                lines[first] = number + lines[first]
                yield from lines
        yield from boxes

    def _inline(self, element: Element) -> None:
        tag = local(element)
        if tag in SKIPPED:
            return
        if tag == "r" and self._is_hidden(child(element, "rPr")):
            self._field_marks_only(element)
        elif tag == "txbxContent":
            self._text_box(element)
        elif tag == "fldChar":
            self._field_mark(element)
        elif tag in LEAVES:
            if self._shows():
                self._text.append(LEAVES[tag](element))
        elif tag in {"footnoteReference", "endnoteReference"}:
            if self._shows():
                self._note_mark(tag.removesuffix("Reference"), attribute(element, "id") or "")
        else:
            for inner in chosen(element):
                if local(inner) == "instrText":
                    self._instruction(inner.text or "")
                self._inline(inner)

    def _is_hidden(self, properties: Element | None) -> bool:
        style = self._lists.styles.get(attribute(child(properties, "rStyle"), "val") or "")
        own = child(properties, "vanish")
        return is_on(own) if own is not None else style is not None and style.is_hidden

    def _field_marks_only(self, run: Element) -> None:
        for element in run:
            if local(element) == "fldChar":
                self._field_mark(element)
            elif local(element) == "instrText":
                self._instruction(element.text or "")

    def _text_box(self, content: Element) -> None:
        outer_text, outer_boxes, outer_fields = self._text, self._boxes, self._fields
        self._text, self._boxes, self._fields = [], [], []
        lines = list(self._blocks(content))
        self._text, self._boxes, self._fields = outer_text, outer_boxes, outer_fields
        self._boxes += lines

    def _shows(self) -> bool:
        return all(field.shows for field in self._fields)

    def _instruction(self, text: str) -> None:
        if self._fields:
            self._fields[-1].instruction += text

    def _field_mark(self, mark: Element) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note_mark(self, kind: str, note_id: str) -> None:
        self._notes[kind].append(note_id)
        self._text.append(note_name(kind, len(self._notes[kind])))

    def _note_lines(self) -> Iterator[str]:
        for kind, marked in self._notes.items():
            notes = {attribute(n, "id") or "": n for n in children(self._part(f"{kind}s"), kind)}
            # A note's own text may not bring further notes in: the list is fixed here.
            for number, note_id in enumerate(tuple(marked), start=1):
                # A note that is marked again is not printed again.
                if (note := notes.pop(note_id, None)) is not None:
                    self._fields = []
                    text = " ".join(filter(None, map(squeeze, self._blocks(note))))
                    if text:
                        yield note_name(kind, number) + text

    def _table(self, table: Element) -> Iterator[str]:
        rows = [list(within(row, "tc")) for row in within(table, "tr") if not is_gone(row)]
        for row in rows:
            if len(row) == 1:
                # A frame around text, or a line across the table.
                yield from self._blocks(row[0])
                continue
            cells = []
            for cell in row:
                text = " ".join(filter(None, map(squeeze, self._blocks(cell))))
                cells.append("" if continues(cell) else text)
            yield join_row(cells)
