"""What a text states about itself: title, 文号, issuer, dates, status, term.

Nothing is filled in silently: every value comes with the wording that it is read from, its line and
whether the text states it or it is a guess; what is not found is None with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from corpus.metadata.dates import date_of_name
from corpus.metadata.front import FrontMatter, read_front
from corpus.metadata.proposed import Proposed, guessed, missing, stated
from corpus.metadata.terms import Term, read_repeals, read_stage, read_term, read_withdrawn
from corpus.records import Status


@dataclass(frozen=True, slots=True)
class Proposal:
    """Metadata that a text suggests for its catalog entry.

    Attributes:
        title: 标题; that of the document which a covering letter brings.
        number: 文号.
        issuer: 发文机关; several are joined by 、.
        region: The place whose policy it is.
        issued: 成文 date, in the signature; else that of publication or printing.
        stage: 征求意见稿, 试行, 暂行 or 正式印发; the last one is stated by a 文号 or signature.
        withdrawn: Whether the text bears a note that it is itself 已废止 or 已失效.
        repeals: Titles of other documents that it ends.
        term_start: 施行日期.
        term_end: 有效期至, or what 有效期N年 comes to.
        year: The year of its term, of its title or of its issue.
    """

    title: Proposed[str]
    number: Proposed[str]
    issuer: Proposed[str]
    region: Proposed[str]
    issued: Proposed[date]
    stage: Proposed[str]
    withdrawn: Proposed[bool]
    repeals: Proposed[tuple[str, ...]]
    term_start: Proposed[date]
    term_end: Proposed[date]
    year: Proposed[int]

    @property
    def status(self) -> Status:
        """The catalog's status: 试行 and 暂行 documents are issued ones."""
        if self.stage.value is None:
            return "未载明"
        return "征求意见稿" if self.stage.value == "征求意见稿" else "正式印发"


def propose(text: str, file_name: str) -> Proposal:
    """Reads a document's metadata from its text.

    Args:
        text: The text, one paragraph a line; lines are counted from 1.
        file_name: Its file's name, a source of guesses only.
    """
    lines = [line.strip() for line in text.split("\n")]
    stem = PurePath(file_name).stem
    front = read_front(lines)
    title = front.title
    if title.value is None and stem:
        title = guessed(stem, file_name, None)
    issued = _first(
        front.issued,
        lambda: _from_name(date_of_name(stem), file_name),
    )
    term = read_term(lines, issued)
    return Proposal(
        title=title,
        number=front.number,
        issuer=front.issuer,
        region=front.region,
        issued=issued,
        stage=read_stage(lines, stem, front),
        withdrawn=read_withdrawn(lines),
        repeals=read_repeals(lines),
        term_start=term.start,
        term_end=term.end,
        year=_year(front, term, title, issued),
    )


def _first(found: Proposed[date], other: Callable[[], Proposed[date]]) -> Proposed[date]:
    return found if found.value is not None else other()


def _from_name(day: date | None, file_name: str) -> Proposed[date]:
    return guessed(day, file_name, None) if day else missing("not_stated")


def _year(
    front: FrontMatter, term: Term, title: Proposed[str], issued: Proposed[date]
) -> Proposed[int]:
    """The year that the policy is for: named by the term or title, else the first of its days."""
    if term.year.value is not None:
        return term.year
    if front.title_year is not None and title.line is not None:
        return stated(front.title_year, title.quote or "", title.line)
    for source in (term.start, issued):
        if source.value is not None:
            return guessed(source.value.year, source.quote or "", source.line)
    return missing("not_stated")
