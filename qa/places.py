"""Other places than a document's own that a question is about."""

import re
from functools import lru_cache
from pathlib import Path

from corpus.records import Document
from qa.patterns import patterns

SHIPPED_PLACES = Path(__file__).with_name("places.txt")
_NEAR = 3


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
        for match in _gazetteer().finditer(question):
            name = match.group()
            if short(name) in self._parents or any(name in text for text in self._texts):
                continue
            if not _only_mentioned(question, match.start(), match.end()):
                return name
        for parent in sorted(self._parents):
            found = re.search(parent + "市?", question)
            if found and patterns()["places"]["parent_subject"].match(question, found.end()):
                return found.group()
        return None


def short(place: str) -> str:
    """乐清市 → 乐清."""
    return re.sub(r"(?<=..)(省|市|县|区)$", "", place)


def _only_mentioned(question: str, start: int, end: int) -> bool:
    groups = patterns()["places"]
    before = question[max(0, start - _NEAR) : start]
    return bool(
        re.search(f"(?:{groups['benign_before'].pattern})$", before)
        or groups["benign_after"].match(question, end)
        or groups["benign_anywhere"].search(question)
    )
