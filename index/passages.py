"""What the index holds: passages with their fields, made from measures or from any corpus."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.aliases import Aliases
from corpus.records import Document
from index.text import sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of retrieval.

    Attributes:
        passage_id: Unique id.
        body: The wording.
        title: Its title, or empty.
        heading: Title of the section above it, or empty.
        questions: Questions that it is known to answer.
        near_misses: Questions near it that it is known not to answer.
    """

    passage_id: str
    body: str
    title: str = ""
    heading: str = ""
    questions: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All fields that stand in the document itself, largest context first."""
        return "。".join(part for part in (self.heading, self.title, self.body) if part)


def passage_sentences(passage: Passage) -> list[str]:
    """What counts as a passage's sentences: never none."""
    return sentences(passage.body) or [passage.text]


def passage_title(passage: Passage) -> str:
    """The text of the field `title`."""
    return f"{passage.title}。{passage.heading}"


def passages_from(
    documents: Iterable[Document], aliases: Mapping[str, Aliases]
) -> tuple[Passage, ...]:
    """One passage for each measure, in the documents' order."""
    none = Aliases()
    return tuple(
        Passage(
            passage_id=measure.measure_id,
            body=measure.body,
            title=measure.title,
            heading=measure.section if measure.section != measure.title else "",
            questions=aliases.get(measure.measure_id, none).answered,
            near_misses=aliases.get(measure.measure_id, none).near_misses,
        )
        for document in documents
        for measure in document.measures
    )
