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
        self._own = tuple({short(document.entry.region) for document in documents})
        self._parents = {short(p) for document in documents for p in document.entry.parents}
        self._texts = tuple(document.text for document in documents)

    def other(self, question: str) -> str | None:
        """The other place that a folded question is about, or None.

        A question that names the documents' own region is about that region, whatever else it
        names; a name that the documents use themselves is taken as theirs.
        """
        if any(name in question for name in self._own):
            return None
        for name, start, end in _mentions(question):
            if short(name) in self._parents or any(name in text for text in self._texts):
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
