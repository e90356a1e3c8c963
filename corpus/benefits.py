"""Measure → benefits: what an applicant can get, who, on what condition, how much.

Rules over the text's own wording (`benefits.toml`); nothing is known of single documents.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.beneficiaries import Beneficiary, find_beneficiary, names_group
from corpus.benefit_rules import BenefitKind, BenefitRules, benefit_rules
from corpus.quantities import Quantity, find_quantities, half_width
from corpus.records import Measure

# Only these kinds have an amount: the 5% of a land quota is a limit, not money.
_PAID = ("奖励", "补助", "补贴", "贴息", "税收优惠", "费用减免", "融资支持", "其他")
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
# A cap may stand in a clause of its own behind the grant: 给予一定补助，最高200万元。
_CAP = re.compile(
    r"，(?:[^，。；]{0,8})(?:最高|不超过|上限|封顶|累计|每(?:家|人|个|年|户|项))[^，。；]*"
)


@dataclass(frozen=True, slots=True)
class Benefit:
    """One advantage that a measure grants to a group.

    Attributes:
        measure_id: The measure that states it.
        kind: Its kind, by the word that the text uses.
        who: The group in the text's words, or None where the sentence names none.
        condition: What the group must fulfil, in the text's words, or None.
        amount: Sum, rate or discount, with offsets in the document's text; None if not stated.
        sought: Whether the government only strives for it (争取…).
        start: Offset in the document's normalised text of the words that state it.
        end: Offset behind them.
        quote: Those words, verbatim.
    """

    measure_id: str
    kind: BenefitKind
    who: str | None
    condition: str | None
    amount: Quantity | None
    sought: bool
    start: int
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
    if rules.budget.search(plain):
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
        amount, end = _amount(sentence, hit, bound)
        start = min(whom.start, hit.start) if whom.who else max(clause_start, previous)
        sought = bool(rules.sought.search(plain, clause_start, hit.end))
        for kind in _kinds(plain, hit, clause_start, rules):
            yield _benefit(
                measure,
                replace(hit, kind=kind),
                whom,
                amount,
                sought,
                offset,
                (start, max(end, hit.end)),
            )


def _kinds(plain: str, hit: _Hit, clause_start: int, rules: BenefitRules) -> list[BenefitKind]:
    """The kinds that an unspecific grant names as its aspects; else the trigger's own."""
    if hit.kind != "其他" or "方面" not in plain[clause_start : hit.end]:
        return [hit.kind]
    words = plain[clause_start : hit.end]
    return [kind for kind, pattern in rules.aspects.items() if pattern.search(words)] or [hit.kind]


def _benefit(
    measure: Measure,
    hit: _Hit,
    whom: Beneficiary,
    amount: Quantity | None,
    sought: bool,
    offset: int,
    span: tuple[int, int],
) -> Benefit:
    base = measure.body_start + offset
    start, end = base + span[0], base + span[1]
    if amount is not None:
        amount = Quantity(
            amount.text,
            amount.start + base,
            amount.end + base,
            amount.dimension,
            amount.low,
            amount.high,
            amount.unit,
        )
    quote = measure.text[start - measure.start : end - measure.start]
    return Benefit(
        measure.measure_id, hit.kind, whom.who, whom.condition, amount, sought, start, end, quote
    )


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


def _amount(sentence: str, hit: _Hit, bound: int) -> tuple[Quantity | None, int]:
    """The sum or rate that belongs to a grant, and where its wording ends."""
    if hit.kind not in _PAID:
        return None, hit.end
    comma = sentence.find("，", hit.end)
    end = hit.end if comma < 0 else comma
    end = min(len(sentence.rstrip("。；\n")) if comma < 0 else end, bound)
    first = _sums(sentence, hit.start, max(end, hit.end))
    if first is not None:
        return first, max(hit.end, first.end)
    cap = _CAP.match(sentence, end)
    if cap and cap.end() <= bound:
        quantity = _sums(sentence, cap.start(), cap.end())
        if quantity is not None:
            return quantity, quantity.end
    return None, hit.end


def _sums(sentence: str, start: int, end: int) -> Quantity | None:
    for quantity in find_quantities(sentence):
        if (
            quantity.start >= start
            and quantity.end <= end
            and quantity.dimension in ("money", "rate")
        ):
            return quantity
    return None
