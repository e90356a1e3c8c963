"""What every number of a measure is for: money for an applicant, a budget, a target, a limit.

A number's role matters more than the number: a budget shown as money for the asker is a wrong
answer even though its figure is right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from corpus.benefits.extract import Benefit, find_benefits
from corpus.benefits.quantities import Quantity, find_quantities, half_width
from corpus.benefits.rules import benefit_rules
from corpus.records import Measure

Role = Literal["benefit", "budget", "target", "condition", "area", "date", "label"]
ROLES: tuple[str, ...] = get_args(Role)

_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


@dataclass(frozen=True, slots=True)
class NumberRole:
    """A number of a measure with its role; offsets are those of the document's text."""

    quantity: Quantity
    role: Role


def number_roles(
    measure: Measure, benefits: Sequence[Benefit] | None = None
) -> tuple[NumberRole, ...]:
    """Every number of a measure's wording with its role, in order.

    Args:
        measure: The measure; its own number and the list of its units do not count.
        benefits: Its benefits, if they are at hand.
    """
    granted = find_benefits(measure) if benefits is None else benefits
    found: list[NumberRole] = []
    for sentence in _SENTENCE.finditer(measure.body):
        offset = measure.body_start + sentence.start()
        until = offset + len(sentence.group())
        grants = any(offset <= b.grant < until and b.amount for b in granted)
        plain = half_width(sentence.group())
        for quantity in find_quantities(sentence.group()):
            placed = replace(quantity, start=quantity.start + offset, end=quantity.end + offset)
            found.append(
                NumberRole(placed, _role(plain, quantity, _place(placed, granted), grants))
            )
    return tuple(found)


_Place = Literal["paid", "group", "outside"]


def _place(quantity: Quantity, benefits: Sequence[Benefit]) -> _Place:
    """Where a number stands: among what is paid, in the words for the group, or in neither."""
    for benefit in benefits:
        for amount in (benefit.amount, benefit.cap):
            if amount is not None and amount.start <= quantity.start < amount.end:
                return "paid"
    for benefit in benefits:
        if benefit.start <= quantity.start < benefit.grant:
            return "group"
    is_sum = quantity.dimension in ("money", "rate")
    if is_sum and any(b.grant <= quantity.start < b.end for b in benefits if b.amount):
        return "paid"
    return "outside"


def _role(sentence: str, quantity: Quantity, place: _Place, grants: bool) -> Role:
    rules = benefit_rules()
    marked = (
        f"{sentence[: quantity.start]}⟦{sentence[quantity.start : quantity.end]}⟧"
        f"{sentence[quantity.end :]}"
    )

    def says(name: str) -> bool:
        return bool(rules.roles[name].search(marked))

    if says("label"):
        return "label"
    if quantity.dimension == "date" or says("date"):
        return "date"
    if quantity.dimension == "area":
        return "area"
    if place == "paid" or says("paid"):
        return "benefit"
    if says("count"):
        return "label"
    if place == "group":
        return "condition"
    is_share = quantity.dimension in ("money", "rate")
    if is_share and (rules.budget.search(sentence) or says("budget")) and not says("not_budget"):
        return "budget"
    if says("shorten"):
        return "target"
    if quantity.dimension == "duration" or says("condition"):
        return "condition"
    # Beside a grant stands what it depends on, unless the words say what is to be reached.
    return "condition" if grants and not says("target") else "target"
