"""Measure → benefits: what an applicant can get, who, on what condition, how much.

Rules over the text's own wording (`benefits.toml`); nothing is known of single documents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.amounts import Amount, find_amounts
from corpus.beneficiaries import Beneficiary, find_beneficiary, names_group
from corpus.benefit_rules import BenefitKind, BenefitRules, benefit_rules
from corpus.quantities import Quantity, half_width
from corpus.records import Measure

# Only these kinds have an amount: the 5% of a land quota is a limit, not money.
_PAID = ("奖励", "补助", "补贴", "贴息", "税收优惠", "费用减免", "融资支持", "其他")
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


@dataclass(frozen=True, slots=True)
class Benefit:
    """One advantage that a measure grants to a group.

    Attributes:
        measure_id: The measure that states it.
        kind: Its kind, by the word that the text uses.
        who: The group in the text's words, or None where the sentence names none.
        condition: What the group must fulfil, in the text's words, or None.
        amount: Sum, rate or discount, with offsets in the document's text; None if not stated.
        cap: The most that is paid, where the text sets it beside `amount`; else None.
        per: What `amount` is counted by (亩, 人·月), or None for one sum.
        sought: Whether the government only strives for it (争取…).
        start: Offset in the document's normalised text of the words that state it.
        grant: Offset at which the words of giving begin, behind those for the group.
        end: Offset behind them.
        quote: Those words, verbatim.
    """

    measure_id: str
    kind: BenefitKind
    who: str | None
    condition: str | None
    amount: Quantity | None
    cap: Quantity | None
    per: str | None
    sought: bool
    start: int
    grant: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A trigger's match.

    `what` spans the words between 给予 and the thing given, `who` the group where the trigger holds
    it itself.
    """

    kind: BenefitKind
    start: int
    end: int
    what: tuple[int, int]
    who: tuple[int, int] | None


def find_benefits(measure: Measure) -> tuple[Benefit, ...]:
    """The benefits that a measure's wording states, in the text's order.

    Args:
        measure: The measure; introductions, preambles and closings state none.
    """
    if measure.kind != "measure":
        return ()
    found: list[Benefit] = []
    for sentence in _SENTENCE.finditer(measure.body):
        if sentence.group().strip():
            found += _sentence_benefits(measure, sentence.group(), sentence.start())
    return tuple(found)


def _sentence_benefits(measure: Measure, sentence: str, offset: int) -> Iterator[Benefit]:
    rules = benefit_rules()
    plain = half_width(sentence)
    if rules.budget.search(plain) or rules.forbidden.search(plain):
        return
    hits = _hits(plain, rules)
    former: Beneficiary | None = None
    for place, hit in enumerate(hits):
        bound = hits[place + 1].start if place + 1 < len(hits) else len(plain)
        previous = hits[place - 1].end if place else 0
        clause_start = plain.rfind("，", 0, hit.start) + 1
        if rules.own_goal.search(plain, clause_start, hit.end) and not names_group(
            plain, hit.start
        ):
            continue
        whom = find_beneficiary(
            sentence, (hit.start, hit.end), hit.what, hit.who, previous, rules.heads
        )
        if whom.who is None and former is not None:
            whom = replace(former, start=hit.start)  # the sentence's group goes on: …，并优先…
        former = whom if whom.who else former
        amounts: Sequence[Amount | None] = [None]
        end = hit.end
        if hit.kind in _PAID:
            group = sentence[whom.start : hit.start] if whom.who else ""
            found, end = find_amounts(sentence, (hit.start, hit.end), bound, group)
            amounts = found or amounts
        start = min(whom.start, hit.start) if whom.who else max(clause_start, previous)
        sought = bool(rules.sought.search(plain, clause_start, hit.end))
        base = measure.body_start + offset
        for kind in _kinds(plain, hit, clause_start, rules):
            for amount in amounts:
                yield _benefit(measure, kind, whom, amount, sought, base, (start, hit.start, end))


def _kinds(plain: str, hit: _Hit, clause_start: int, rules: BenefitRules) -> list[BenefitKind]:
    """The kinds that an unspecific grant names as its aspects; else the trigger's own."""
    if hit.kind != "其他" or "方面" not in plain[clause_start : hit.end]:
        return [hit.kind]
    words = plain[clause_start : hit.end]
    return [kind for kind, pattern in rules.aspects.items() if pattern.search(words)] or [hit.kind]


def _benefit(
    measure: Measure,
    kind: BenefitKind,
    whom: Beneficiary,
    amount: Amount | None,
    sought: bool,
    base: int,
    places: tuple[int, int, int],
) -> Benefit:
    """Puts a benefit together; `base` is the sentence's offset in the document's text."""
    start, grant, end = (base + place for place in places)
    condition = whom.condition
    if amount is not None and amount.level is not None:
        condition = "，".join(part for part in (condition, amount.level) if part)
    return Benefit(
        measure_id=measure.measure_id,
        kind=kind,
        who=whom.who,
        condition=condition,
        amount=_placed(amount.quantity, base) if amount else None,
        cap=_placed(amount.cap, base) if amount and amount.cap else None,
        per=amount.per if amount else None,
        sought=sought,
        start=start,
        grant=grant,
        end=end,
        quote=measure.text[start - measure.start : end - measure.start],
    )


def _placed(quantity: Quantity, base: int) -> Quantity:
    return replace(quantity, start=quantity.start + base, end=quantity.end + base)


def _hits(plain: str, rules: BenefitRules) -> list[_Hit]:
    """Trigger matches that do not overlap, in the text's order."""
    candidates = []
    for order, (kind, pattern) in enumerate(rules.triggers):
        for match in pattern.finditer(plain):
            what = match.span("what") if "what" in pattern.groupindex else (match.end(),) * 2
            groups = [match.span(g) for g in pattern.groupindex if g.startswith("who")]
            who = next((span for span in groups if span[1] > span[0] >= 0), None)
            candidates.append((order, _Hit(kind, match.start(), match.end(), what, who)))
    # A narrow rule stands before a wide one: the order in the file decides between overlaps.
    chosen: list[_Hit] = []
    for _, hit in sorted(candidates, key=lambda c: (c[0], c[1].start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in chosen):
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.start)
