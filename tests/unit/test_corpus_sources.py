import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.catalog import SHIPPED_CATALOG, load_catalog
from corpus.reader import TextReader, read_raw
from corpus.records import Document, NormalisedText

_FOLDER = SHIPPED_CATALOG.parent


def test_source_files_are_byte_for_byte_those_of_the_catalog() -> None:
    entries = load_catalog()
    assert len(entries) == 2
    for entry in entries:
        data = (_FOLDER / entry.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry.sha256


def test_source_files_are_those_that_were_received() -> None:
    # The hashes at receipt; a new hash in the catalog does not make an edited file the original.
    assert {entry.document_id: entry.sha256 for entry in load_catalog()} == {
        "leqing-2024": "c6013756babae294e31beef1f447aeaed22ec9ca94beab421602da34eb5d5e61",
        "leqing-2023": "7ff8c3c299c160f9aa23e10824daaebac7195a685eafd557af146f3811d727bb",
    }


def test_the_stated_term_is_a_sentence_of_the_document(documents: tuple[Document, ...]) -> None:
    for document in documents:
        assert document.entry.term_quote is not None
        assert document.entry.term_quote in document.text


def test_every_character_comes_from_where_its_origin_says(documents: tuple[Document, ...]) -> None:
    for document in documents:
        raw = read_raw(document.entry, _FOLDER)
        text, origins = document.text, document.normalised.origins
        assert len(text) == len(origins)
        for char, origin in zip(text, origins, strict=True):
            assert raw[origin] == char or (char in "\n " and raw[origin].isspace())


def test_origins_only_ever_move_forward(documents: tuple[Document, ...]) -> None:
    for document in documents:
        origins = list(document.normalised.origins)
        assert all(a < b for a, b in pairwise(origins))


def test_a_measures_raw_span_has_its_wording_and_nothing_else(
    documents: tuple[Document, ...],
) -> None:
    for document in documents:
        raw = read_raw(document.entry, _FOLDER)
        for measure in document.measures:
            start, end = document.normalised.raw_span(measure.start, measure.end)
            assert raw[start] == measure.text[0]
            assert raw[end - 1] == measure.text[-1]
            kept = re.sub(
                r"\[bookmark:[^\]]*\]|(?m:^\s*[—－-]\s*\d+\s*[—－-]\s*$)", "", raw[start:end]
            )
            assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", measure.text)


def test_nothing_but_marks_is_dropped(documents: tuple[Document, ...]) -> None:
    for document in documents:
        raw = read_raw(document.entry, _FOLDER)
        kept = set(document.normalised.origins)
        dropped = "".join(c for i, c in enumerate(raw) if i not in kept and not c.isspace())
        assert re.sub(r"\[bookmark:_\w+\]|—\d+—", "", dropped).strip("\ufeff\u200b") == ""


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (0, 4), (3, 1)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError, match="outside a text of 3"):
        NormalisedText("abc", (0, 1, 2)).raw_span(start, end)


def test_a_byte_order_mark_is_no_text() -> None:
    assert TextReader().read("\ufeff乐清\r\n".encode()) == "乐清\r\n"


def test_documents_are_in_the_catalogs_order(documents: tuple[Document, ...]) -> None:
    ids = re.findall(r'(?m)^id = "(.*)"', Path(SHIPPED_CATALOG).read_text("utf-8"))
    assert [d.document_id for d in documents] == ids
