"""tantivy; its Python package ships no Chinese tokenizer (tantivy-py issue 25)."""

from collections.abc import Callable, Sequence

import tantivy

from eval.peers.words import Words

_ANALYZER = "ngrams"


class _Tantivy:
    def __init__(self, name: str, tokenizer: str) -> None:
        self.name = name
        self._schema = (
            tantivy.SchemaBuilder()
            .add_text_field("body", tokenizer_name=tokenizer)
            .add_unsigned_field("row", stored=True)
            .build()
        )
        self._index = tantivy.Index(self._schema)

    def _fill(self, texts: Sequence[str], prepare: Callable[[str], str]) -> None:
        writer = self._index.writer(num_threads=1)  # several would make ties fall by chance
        for row, text in enumerate(texts):
            writer.add_document(tantivy.Document(body=prepare(text), row=row))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _best(self, query: tantivy.Query, depth: int) -> list[int]:
        hits = self._searcher.search(query, depth).hits
        return [int(self._searcher.doc(address)["row"][0]) for _, address in hits]


class TantivyWords(_Tantivy):
    """jieba words with blanks between them, through the query parser."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "whitespace")
        self._words = Words()

    def index(self, texts: Sequence[str]) -> None:
        """See `Peer`."""
        self._fill(texts, self._words.spaced)

    def search(self, query: str, depth: int) -> list[int]:
        """See `Peer`."""
        parsed, _ = self._index.parse_query_lenient(self._words.spaced(query), ["body"])
        return self._best(parsed, depth)


class TantivyNgrams(_Tantivy):
    """Its own n-gram tokenizer with its default lengths; the query's n-grams are alternatives."""

    def __init__(self, name: str) -> None:
        super().__init__(name, _ANALYZER)
        self._analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram())
            .filter(tantivy.Filter.lowercase())
            .build()
        )
        self._index.register_tokenizer(_ANALYZER, self._analyzer)

    def index(self, texts: Sequence[str]) -> None:
        """See `Peer`."""
        self._fill(texts, str)

    def search(self, query: str, depth: int) -> list[int]:
        """See `Peer`."""
        # The query parser would ask for all n-grams of a run at once and find nothing.
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "body", term))
            for term in self._analyzer.analyze(query)
        ]
        return self._best(tantivy.Query.boolean_query(terms), depth)
