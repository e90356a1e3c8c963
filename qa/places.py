"""Other places than a document's own that a question is about."""

import re
from functools import lru_cache
from pathlib import Path

from corpus.records import Document
from qa.patterns import patterns

SHIPPED_PLACES = Path(__file__).with_name("places.txt")
# How many characters before a name are looked at; the longest pattern is 户口还在.
_NEAR = 5
_SAME_LIST = re.compile(r"[、和跟与]?")


@lru_cache(maxsize=1)
def _gazetteer() -> re.Pattern[str]:
    lines = SHIPPED_PLACES.read_text("utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    # The longest name wins where one begins with another; 上海南京 holds no 海南.
    return re.compile("|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name))))


class Places:
    """Tells places that a question asks about from those that it only mentions.

    Args:
        documents: Their regions and the names in their texts are not other places.
    """

    def __init__(self, documents: tuple[Document, ...]) -> None:
        entries = [document.entry for document in documents]
        regions = {entry.region for entry in entries if entry.region}
        self._own = {region: short(region) for region in sorted(regions)}
        self._parents = {short(parent) for entry in entries for parent in entry.parents}
        self._above = {
            region: {p for entry in entries if entry.region == region for p in entry.parents}
            for region in regions
        }
        self._texts = tuple(document.text for document in documents)

    def regions(self, question: str) -> frozenset[str]:
        """The documents' regions that a folded question is about, and those above them.

        Empty where it names none of them, or names them only in passing.
        """
        named = {
            region
            for region, name in self._own.items()
            for found in re.finditer(re.escape(name), question)
            if not _only_mentioned(question, *found.span())
        }
        above = {place for region in named for place in self._above[region]}
        return frozenset(named | (above & set(self._own)))

    def other(self, question: str) -> str | None:
        """The other place that a folded question is about, or None.

        A question that names a region of the documents is about that region, whatever else it
        names; a name that the documents use themselves is taken as theirs.
        """
        if any(name in question for name in self._own.values()):
            return None
        for name, start, end in _mentions(question):
            if short(name) in self._parents or self._is_used(name):
                continue
            if not _only_mentioned(question, start, end):
                return name
        groups = patterns()["places"]
        for parent in sorted(self._parents):
            for found in re.finditer(f"{parent}[省市]?", question):
                opens = re.fullmatch(groups["parent_before"].pattern, question[: found.start()])
                if groups["parent_subject"].match(question, found.end()) or (
                    opens and groups["parent_opening"].match(question, found.end())
                ):
                    return found.group()
        return None

    def _is_used(self, name: str) -> bool:
        """Whether most of the documents use a name; of many, some name any place in passing."""
        return 2 * sum(name in text for text in self._texts) >= max(2, len(self._texts))


def short(place: str) -> str:
    """乐清市 → 乐清."""
    return re.sub(r"(?<=..)(省|市|县|区)$", "", place)


def _mentions(question: str) -> list[tuple[str, int, int]]:
    """Names of places, each with the span of the list that it stands in: 河南湖北来的."""
    matches = list(_gazetteer().finditer(question))
    lists: list[list[re.Match[str]]] = []
    for match in matches:
        if lists and _SAME_LIST.fullmatch(question, lists[-1][-1].end(), match.start()):
            lists[-1].append(match)
        else:
            lists.append([match])
    return [(m.group(), group[0].start(), group[-1].end()) for group in lists for m in group]


def _only_mentioned(question: str, start: int, end: int) -> bool:
    groups = patterns()["places"]
    before = question[max(0, start - _NEAR) : start]
    return bool(
        re.search(f"(?:{groups['benign_before'].pattern})$", before)
        or groups["benign_after"].match(question, end)
        or groups["benign_anywhere"].search(question)
    )
