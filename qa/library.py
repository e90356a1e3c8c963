"""Documents, index and models, opened together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.aliases import SHIPPED_ALIASES, Aliases, load_aliases, load_background
from corpus.catalog import SHIPPED_CATALOG
from corpus.library.shelf import Shelf
from corpus.reader import load_corpus, load_shelf
from corpus.records import Document, Measure
from index.encoders import load_encoder
from index.evidence import Searchers
from index.home import LIBRARY_INDEX, home
from index.passages import passages_from
from index.protocols import Encoder
from index.store import open_index
from index.synonyms import Synonyms, load_synonyms
from qa.ranker import Model, load_models


@dataclass(frozen=True, slots=True)
class Part:
    """Measures that are indexed together, with the weights that fit the index' evidence.

    Attributes:
        first: Place of their first one among the library's measures.
        searchers: The index; its passages are in the measures' order.
        model: Weights.
    """

    first: int
    searchers: Searchers
    model: Model

    @property
    def places(self) -> range:
        """Places of the part's measures among the library's."""
        return range(self.first, self.first + len(self.searchers.text))


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that answering needs.

    Attributes:
        documents: The catalog's, in its order, and then the user's.
        measures: All measures in the documents' order.
        searchers: The index of the catalog's documents.
        encoder: The model that it was made with.
        synonyms: Synonyms of the lexical side.
        model: Weights that fit the evidence at hand.
        notice: Why the index had to be built, or None.
        shelved: The user's documents, in an index of their own: they come and go without a change
            of the evidence for the others, and nobody noted questions for them.
    """

    documents: tuple[Document, ...]
    measures: tuple[Measure, ...]
    searchers: Searchers
    encoder: Encoder
    synonyms: Synonyms
    model: Model
    notice: str | None = None
    shelved: Part | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in the measures' order."""
        first = Part(0, self.searchers, self.model)
        return (first,) if self.shelved is None else (first, self.shelved)


def open_library(
    *,
    catalog: Path = SHIPPED_CATALOG,
    folder: Path | None = None,
    use_aliases: bool = True,
    model: str | None = None,
    with_shelf: bool | None = None,
) -> Library:
    """Opens documents; builds the index where it is missing, stale or damaged.

    Args:
        catalog: The catalog.
        folder: Folder of the index; by default one in the user's data folder. The index of the
            user's documents is kept beside it.
        use_aliases: Whether noted questions serve as a searched field.
        model: Embedding model; by default the shipped one, or HUIWEN_MODEL.
        with_shelf: Whether to open the user's documents; by default only beside the shipped ones.
    """
    documents = load_corpus(catalog, with_shelf=False)
    measures = tuple(measure for document in documents for measure in document.measures)
    aliases: Mapping[str, Aliases] = {}
    if use_aliases:
        file = catalog.with_name(SHIPPED_ALIASES.name)
        aliases = load_aliases(file, known=[measure.measure_id for measure in measures])
    encoder = load_encoder(model)
    place = folder or home() / ("index" if use_aliases else "index-text")
    searchers, notice = open_index(
        place,
        passages_from(documents, aliases),
        load_background() if aliases else (),
        encoder,
    )
    kind = "text" if searchers.learned is None else "questions"
    shelved: Part | None = None
    if catalog == SHIPPED_CATALOG if with_shelf is None else with_shelf:
        added, shelved, why = _open_shelf(place.with_name(LIBRARY_INDEX), encoder, len(measures))
        documents += added
        measures += tuple(measure for document in added for measure in document.measures)
        notice = notice or why
    return Library(
        documents=documents,
        measures=measures,
        searchers=searchers,
        encoder=encoder,
        synonyms=load_synonyms(),
        model=load_models()[kind],
        notice=notice,
        shelved=shelved,
    )


def _open_shelf(
    place: Path, encoder: Encoder, first: int
) -> tuple[tuple[Document, ...], Part | None, str | None]:
    """The user's documents, their index if they have any measure, and why it had to be built."""
    shelf = Shelf()
    held = shelf.held()
    if not held:
        return (), None, None
    from index.shelved import ShelfIndex, loader  # not needed where nobody added anything

    index = ShelfIndex(place, encoder)
    if not index.has([one.key for one in held]):
        held = shelf.held()  # somebody may have changed it just now, and its index with it
    documents = load_shelf(shelf, held)
    size = sum(len(document.measures) for document in documents)
    if not size:
        return documents, None, None
    searchers, notice = index.open([one.key for one in held], size, loader(shelf, held))
    return documents, Part(first, searchers, load_models()["text"]), notice
