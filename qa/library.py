"""Documents, index and models, opened together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.aliases import SHIPPED_ALIASES, Aliases, load_aliases, load_background
from corpus.catalog import SHIPPED_CATALOG
from corpus.reader import load_corpus
from corpus.records import Document, Measure
from index.encoders import load_encoder
from index.evidence import Searchers
from index.home import home
from index.passages import passages_from
from index.protocols import Encoder
from index.store import open_index
from index.synonyms import Synonyms, load_synonyms
from qa.ranker import Model, load_models


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that answering needs.

    Attributes:
        documents: In the catalog's order.
        measures: All measures; the searchers' passages are in this order.
        searchers: The index.
        encoder: The model that it was made with.
        synonyms: Synonyms of the lexical side.
        model: Weights that fit the evidence at hand.
        notice: Why the index had to be built, or None.
    """

    documents: tuple[Document, ...]
    measures: tuple[Measure, ...]
    searchers: Searchers
    encoder: Encoder
    synonyms: Synonyms
    model: Model
    notice: str | None = None


def open_library(
    *,
    catalog: Path = SHIPPED_CATALOG,
    folder: Path | None = None,
    use_aliases: bool = True,
    model: str | None = None,
) -> Library:
    """Opens the documents of a catalog; builds the index where it is missing, stale or damaged.

    Args:
        catalog: The catalog.
        folder: Folder of the index; by default one in the user's data folder.
        use_aliases: Whether noted questions serve as a searched field.
        model: Embedding model; by default the shipped one, or HUIWEN_MODEL.
    """
    documents = load_corpus(catalog)
    measures = tuple(measure for document in documents for measure in document.measures)
    aliases: Mapping[str, Aliases] = {}
    if use_aliases:
        file = catalog.with_name(SHIPPED_ALIASES.name)
        aliases = load_aliases(file, known=[measure.measure_id for measure in measures])
    encoder = load_encoder(model)
    searchers, notice = open_index(
        folder or home() / ("index" if use_aliases else "index-text"),
        passages_from(documents, aliases),
        load_background() if aliases else (),
        encoder,
    )
    kind = "text" if searchers.learned is None else "questions"
    return Library(
        documents=documents,
        measures=measures,
        searchers=searchers,
        encoder=encoder,
        synonyms=load_synonyms(),
        model=load_models()[kind],
        notice=notice,
    )
