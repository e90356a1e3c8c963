"""Contexts of answers that are lists: by document and section, as the text has them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.records import CatalogEntry
from qa.answer import Answer, Citation
from qa.validity import Validity


@dataclass(frozen=True, slots=True)
class Item:
    """A listed record.

    Attributes:
        citation: The record.
        relation: What the unit has to do with it: lead, joint, section_lead, or nothing.
        lead: Who leads, where that is somebody else, or one of several.
    """

    citation: Citation
    relation: str
    lead: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """Listed records of a section, in order."""

    title: str
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Listed records of a document."""

    entry: CatalogEntry
    validity: Validity
    sections: list[Section] = field(default_factory=list)


def groups(answer: Answer) -> Sequence[Group]:
    """The records of a list, grouped; none where an answer is no list."""
    if answer.listing is None:
        return ()
    made: list[Group] = []
    several = len(answer.listing.subject) > 1
    for listed, citation in zip(answer.listing.items, answer.citations, strict=False):
        if not made or made[-1].entry != citation.entry:
            made.append(Group(citation.entry, citation.validity))
        sections = made[-1].sections
        if not sections or sections[-1].title != citation.measure.section:
            sections.append(Section(citation.measure.section))
        named = listed.relation == "joint" or (listed.relation == "lead" and several)
        lead = citation.measure.lead_unit if named else None
        sections[-1].items.append(Item(citation, listed.relation, lead))
    return made
