"""What a page's address says: tab, question, filters. All of a page's state is in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args
from urllib.parse import parse_qsl, urlencode

from qa.api.search import Query, Role, Sort
from qa.filters import Filters
from qa.validity import Validity

Tab = Literal["ask", "search", "match", "compare", "library", "evaluation"]
TABS: tuple[Tab, ...] = get_args(Tab)
_LONGEST = 2000
_MOST = 60
_PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Address:
    """The names and values behind the question mark, in order.

    What cannot be used is dropped: an address that somebody mistyped still shows a page.
    """

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, search: str) -> "Address":
        """Reads what stands behind the question mark."""
        pairs = parse_qsl(search.lstrip("?")[:20_000], errors="replace", max_num_fields=None)
        return cls(tuple((k, v[:_LONGEST].strip()) for k, v in pairs if v.strip())[:_MOST])

    def get(self, name: str) -> str | None:
        """The last value of a name."""
        return next((v for k, v in reversed(self.pairs) if k == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a name."""
        return tuple(v for k, v in self.pairs if k == name)

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number within bounds, or None."""
        text = self.get(name) or ""
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            return None
        return int(text) if low <= int(text) <= high else None

    @property
    def tab(self) -> Tab:
        """The tab; that of questions by default."""
        named = self.get("tab")
        return named if named in TABS else "search" if self.get("m") else "ask"

    @property
    def as_of(self) -> date | None:
        """The day on which validity is judged, or None for today."""
        try:
            return date.fromisoformat(self.get("as_of") or "")
        except ValueError:
            return None

    @property
    def filters(self) -> Filters:
        """Restrictions of a question."""
        return Filters(
            self.get("document"), self.number("year", 1, 9999), self.get("section"),
            self.get("unit"),
        )  # fmt: skip

    @property
    def query(self) -> Query:
        """What to search for."""
        role, sort, valid = self.get("role"), self.get("sort"), self.get("validity")
        return Query(
            words=(self.get("q") or "")[:500],
            document=self.get("document"),
            year=self.number("year", 1, 9999),
            section=self.get("section"),
            unit=self.get("unit"),
            role=cast(Role, role) if role in get_args(Role) and self.get("unit") else None,
            kind=self.get("kind"),
            validity=cast(Validity, valid) if valid in get_args(Validity) else None,
            sort=cast(Sort, sort) if sort in get_args(Sort) else "relevance",
            descending=self.get("desc") == "1",
            page=self.number("page", 1, 9999) or 1,
            size=_PAGE_SIZE,
        )

    def link(self, **changes: object) -> str:
        """This address with other values; None drops a name."""
        kept = [(k, v) for k, v in self.pairs if k not in changes]
        return _write([*kept, *_pairs(changes)])


def fresh(**values: object) -> str:
    """A new address."""
    return _write(_pairs(values))


def _pairs(values: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(k, str(v)) for k, v in values.items() if v not in (None, "")]


def _write(pairs: list[tuple[str, str]]) -> str:
    return "?" + urlencode(pairs, errors="replace")
