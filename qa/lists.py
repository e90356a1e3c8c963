"""Lists: the measures that an office leads or takes part in, and those of a section. Complete."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Document, Measure
from qa.numerals import parse_number
from qa.patterns import patterns
from qa.understand import Question
from qa.units import UnitNames

Role = Literal["lead", "joint", "any"]
Relation = Literal["lead", "joint", "section_lead", "section"]

_RELATIONS: tuple[Relation, ...] = ("lead", "section_lead", "joint")  # of several the first counts
_SHORTEST = 2
_LONGEST_UNIT = 12
# Parts of section titles that name no section.
_COMMON = ("政策", "发展", "高质量", "工程", "建设", "推进", "支持", "保障")


@dataclass(frozen=True, slots=True)
class Listed:
    """A measure of a list, and what the office is to it (`section` in a section's list)."""

    measure: Measure
    relation: Relation


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer that is a list.

    Attributes:
        kind: Of an office's measures, or a section's.
        subject: The offices' names, or the section's title.
        role: Which of the office's measures were asked for.
        items: In the documents' order; empty where there are none.
        unknown: The name asked for, where no document has such an office; else None.
        others: For an office without a measure in the role asked for: how many it has in the other.
        together: Whether only measures of all the offices were asked for, not of any of them.
    """

    kind: Literal["unit", "section"]
    subject: tuple[str, ...]
    role: Role
    items: tuple[Listed, ...]
    unknown: str | None = None
    others: int = 0
    together: bool = False


class Lists:
    """Recognises questions for lists and answers them from the records.

    Args:
        documents: The documents.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)
        self._units = UnitNames(self._documents)

    def find(self, question: Question, measures: Sequence[Measure]) -> Listing | None:
        """The list that a question asks for, or None if it asks for no list.

        Args:
            question: The question.
            measures: The measures that may be listed.
        """
        groups = patterns()["lists"]
        if not groups["wants"].search(question.text):
            return None
        return self._of_unit(question.text, measures) or self._of_section(question.text, measures)

    def is_unit(self, text: str) -> bool:
        """Whether a folded text is a unit's name and nothing more."""
        return self._units.find(text)[1] == (0, len(text))

    def _of_unit(self, text: str, measures: Sequence[Measure]) -> Listing | None:
        groups = patterns()["lists"]
        role: Role = "any"
        if groups["both"].search(text):
            role = "any"
        elif groups["joint"].search(text):
            role = "joint"
        elif groups["lead"].search(text):
            role = "lead"
        elif not groups["any"].search(text):
            return None
        offices, (start, end) = self._units.joined(text)
        if offices and not _rest(text[:start] + "，" + text[end:]):
            together = len(offices) > 1 and groups["together"].search(text) is not None
            items = _unit_items(offices, role, together, measures)
            others = 0 if items else len(_unit_items(offices, "any", together, measures))
            units = tuple(dict.fromkeys(unit for office in offices for unit in office))
            return Listing("unit", units, role, items, others=others, together=together)
        rest = _rest(text)
        if (
            _SHORTEST < len(rest) <= _LONGEST_UNIT
            and rest in text  # one name, not the leftovers of a sentence
            and groups["unit_like"].search(rest)
            and not self._section_words(rest)
        ):
            return Listing("unit", (rest,), role, (), unknown=rest)
        return None

    def _of_section(self, text: str, measures: Sequence[Measure]) -> Listing | None:
        number = patterns()["lists"]["section_number"].search(text)
        found: list[str] = []
        if number:
            place = parse_number(number["n"])
            if place is None or _rest(text.replace(number.group(), "，")):
                return None
            for document in self._documents:
                titles = _titles(document)
                found += titles[place - 1 : place] if place >= 1 else []
        else:
            titles = list(dict.fromkeys(t for d in self._documents for t in _titles(d)))
            found = [t for t in titles if (cut := _without(text, t)) != text and not _rest(cut)]
        names = tuple(dict.fromkeys(found))
        items = tuple(
            Listed(m, "section") for m in measures if m.kind == "measure" and m.section in names
        )
        return Listing("section", names, "any", items) if names and items else None

    def _section_words(self, text: str) -> bool:
        titles = (t for d in self._documents for t in _titles(d))
        return any(_without(text, t) != text for t in titles)


def _titles(document: Document) -> list[str]:
    return [m.title for m in document.measures if m.kind == "section"]


def _rest(text: str) -> str:
    """What of a question says more than that a list is wanted."""
    groups = patterns()["lists"]
    for name in ("together", "joint", "lead", "any", "filler"):
        text = groups[name].sub("", text)
    return text


def _without(text: str, title: str) -> str:
    """A question without the words that it shares with a section's title."""
    folded = title.lower().replace("“", "").replace("”", "")
    place = 0
    while place < len(text):
        length = 0
        while place + length < len(text) and text[place : place + length + 1] in folded:
            length += 1
        shared = text[place : place + length]
        if length >= _SHORTEST and shared not in _COMMON:
            text = text[:place] + "，" + text[place + length :]
        place += 1
    return text


def _unit_items(
    offices: Sequence[Sequence[str]], role: Role, together: bool, measures: Sequence[Measure]
) -> tuple[Listed, ...]:
    """A measure counts by its own 责任单位; where a document has none, its sections' leads do."""
    own = {m.document_id for m in measures if m.units_source == "measure"}
    items = []
    for measure in measures:
        if measure.units_source != "measure" and measure.document_id in own:
            continue
        found = [_relation(measure, office) for office in offices]
        asked = [r for r in found if r and (role == "any" or (role == "lead") == (r != "joint"))]
        if len(asked) == len(offices) if together else asked:
            items.append(Listed(measure, min(asked, key=_RELATIONS.index)))
    return tuple(items)


def _relation(measure: Measure, office: Sequence[str]) -> Relation | None:
    """What an office is to a measure or a section."""
    leads = not set(office).isdisjoint(measure.lead_units)
    if measure.units_source == "measure" and not set(office).isdisjoint(measure.units):
        return "lead" if leads else "joint"
    return "section_lead" if measure.kind == "section" and leads else None
