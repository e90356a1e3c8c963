"""Synonyms in the file format of Solr and Elasticsearch, for the lexical side.

`a, b, c` makes each of the expressions stand for the others; `a, b => c, d` makes a and b stand for
c and d. `#` begins a comment. Format: Solr reference guide, "Synonym Graph Filter".
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from corpus.errors import CorpusError
from index.text import fold

SHIPPED_SYNONYMS = Path(__file__).with_name("synonyms.txt")


class Synonyms:
    """Expands queries.

    Args:
        rules: (expressions that occur in a query, expressions that they stand for).
    """

    def __init__(self, rules: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
        self._table: dict[str, tuple[str, ...]] = {}
        for sources, targets in rules:
            for source in sources:
                others = tuple(t for t in targets if t != source)
                known = self._table.get(source, ())
                self._table[source] = known + tuple(t for t in others if t not in known)
        self._longest = max(map(len, self._table), default=0)

    @classmethod
    def read(cls, path: Path = SHIPPED_SYNONYMS) -> "Synonyms":
        """Reads a synonym file; one that does not exist holds no rule.

        Raises:
            CorpusError: A line has no expression on one side of `=>`.
        """
        if not path.exists():
            return cls(())
        rules = []
        for number, raw in enumerate(path.read_text("utf-8").splitlines(), start=1):
            line = raw.split("#", 1)[0].strip()
            if not line:
                continue
            left, arrow, right = line.partition("=>")
            sources = _expressions(left)
            targets = _expressions(right) if arrow else sources
            if not sources or not targets:
                raise CorpusError(f"{path}, line {number}: an empty side; write `a, b => c, d`")
            rules.append((sources, targets))
        return cls(rules)

    def expand(self, query: str) -> str:
        """What the query's expressions stand for, joined by spaces, in order of occurrence."""
        text = fold(query)
        found: dict[str, None] = {}
        start = 0
        while start < len(text):
            for length in range(min(self._longest, len(text) - start), 0, -1):
                targets = self._table.get(text[start : start + length])
                if targets:
                    found.update(dict.fromkeys(targets))
                    start += length - 1
                    break
            start += 1
        return " ".join(found)


@lru_cache(maxsize=4)
def load_synonyms(path: Path = SHIPPED_SYNONYMS) -> Synonyms:
    """Reads a synonym file once."""
    return Synonyms.read(path)


def _expressions(side: str) -> tuple[str, ...]:
    return tuple(part for part in (fold(p.strip()) for p in side.split(",")) if part)
