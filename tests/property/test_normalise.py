from hypothesis import given

from corpus.normalise import normalise
from tests.strategies import raw_texts, wrapped_documents


@given(wrapped_documents())
def test_paragraphs_of_a_wrapped_document_come_back_whole(document: tuple[str, list[str]]) -> None:
    raw, paragraphs = document
    assert normalise(raw).text.split("\n") == paragraphs


@given(wrapped_documents())
def test_a_paragraphs_raw_span_begins_and_ends_with_it(document: tuple[str, list[str]]) -> None:
    raw, paragraphs = document
    normalised = normalise(raw)
    start = 0
    for paragraph in paragraphs:
        first, last = normalised.raw_span(start, start + len(paragraph))
        assert raw[first] == paragraph[0]
        assert raw[last - 1] == paragraph[-1]
        start += len(paragraph) + 1


@given(raw_texts())
def test_every_kept_character_is_the_raw_one_at_its_origin(raw: str) -> None:
    normalised = normalise(raw)
    assert len(normalised.text) == len(normalised.origins)
    for char, origin in zip(normalised.text, normalised.origins, strict=True):
        assert raw[origin] == char or char in "\n "


@given(raw_texts())
def test_origins_increase(raw: str) -> None:
    origins = list(normalise(raw).origins)
    assert origins == sorted(set(origins))


@given(raw_texts())
def test_no_line_is_empty_or_padded(raw: str) -> None:
    text = normalise(raw).text
    if text:
        assert all(line and line == line.strip() for line in text.split("\n"))
