"""Questions that are answered from the records rather than by ranking: lists and meanings."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Document, Measure
from qa.answer import Reason, Status
from qa.lists import Listing, Lists
from qa.meaning import Meaning, find_meaning
from qa.patterns import patterns
from qa.profile import Profile, profile_from_text
from qa.understand import Question


@dataclass(frozen=True, slots=True)
class Special:
    """What such a question is answered with.

    Attributes:
        status: The answer's status.
        reason: Why it is not `answered`.
        measures: To be cited, in order.
        listing: The list, if it is one.
        meaning: The term, if its meaning was asked for.
    """

    status: Status
    reason: Reason | None
    measures: tuple[Measure, ...]
    listing: Listing | None = None
    meaning: Meaning | None = None


def introduced(question: Question) -> Profile | None:
    """The firm that a sentence introduces, if it says what it needs and asks nothing."""
    groups = patterns()
    told, text = groups["introduction"], question.text
    asks = groups["parts"]["asks"].search(text) or told["asks"].search(text)
    if asks or question.intents or question.details or not told["says"].search(text):
        return None
    profile = profile_from_text(question.raw)
    return profile if profile.needs else None


class Specials:
    """Recognises such questions.

    Args:
        documents: The documents.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._lists = Lists(documents)

    def find(self, question: Question, measures: Sequence[Measure]) -> Special | None:
        """The answer to a question for a list or a meaning, or None if it is another question.

        Args:
            question: The question.
            measures: The measures that may be cited.
        """
        listing = self._lists.find(question, measures)
        if listing is not None:
            found = tuple(item.measure for item in listing.items)
            if found:
                return Special("answered", None, found, listing=listing)
            reason: Reason = "out_of_scope" if listing.unknown else "not_stated"
            return Special("not_found", reason, (), listing=listing)
        meaning = find_meaning(question, measures)
        if meaning is not None and not self._lists.is_unit(meaning.term):
            explained = meaning.measures[: meaning.explained]
            if explained:
                return Special("answered", None, meaning.measures, meaning=meaning)
            return Special("related", "not_stated", meaning.measures, meaning=meaning)
        return None
