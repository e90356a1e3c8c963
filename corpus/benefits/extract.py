"""Measure → benefits: what an applicant can get, who, on what condition, how much.

Rules over the text's own wording (`benefits.toml`); nothing is known of single documents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.benefits.amounts import Amount, find_amounts, spread
from corpus.benefits.beneficiaries import Beneficiary, find_beneficiary, names_group
from corpus.benefits.quantities import Quantity, half_width
from corpus.benefits.rules import BenefitKind, BenefitRules, benefit_rules
from corpus.records import Measure

# Only these kinds have an amount: the 5% of a land quota is a limit, not money.
_PAID = ("奖励", "补助", "补贴", "贴息", "税收优惠", "费用减免", "融资支持", "采购支持", "其他")
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
    former: Beneficiary | None = None
    listing: BenefitKind | None = None
    for sentence in _SENTENCE.finditer(measure.body):
        if not sentence.group().strip():
            continue
        benefits, former, goes_on = _sentence_benefits(measure, sentence, former, listing)
        found += benefits
        paid = [b.kind for b in benefits if b.amount is not None]
        # Only a list goes on behind ；: 奖励标准为：国家级50万元；省级20万元。
        listing = paid[-1] if paid and sentence.group().endswith("；") else None
        former = former if goes_on else None
    return tuple(found)


def _sentence_benefits(
    measure: Measure,
    match: re.Match[str],
    former: Beneficiary | None,
    listing: BenefitKind | None,
) -> tuple[list[Benefit], Beneficiary | None, bool]:
    """A sentence's benefits, the group that the next one may go on with, and whether it may."""
    rules = benefit_rules()
    sentence, offset = match.group(), match.start()
    joined = match.string[:offset].endswith("；")
    plain = half_width(sentence)
    stop = rules.excluded.search(plain)
    # What stands before the clause still counts: 给予奖励，所需资金由市财政统筹安排.
    until = plain.rfind("，", 0, stop.start()) + 1 if stop else len(plain)
    if rules.forbidden.search(plain) or rules.budget.search(plain, 0, until):
        return [], None, False
    hits = [hit for hit in _hits(plain, rules, listing) if hit.end <= until]
    if not hits and listing and (item := rules.item.match(plain)):
        hits = [_Hit(listing, item.start("sum"), item.start("sum"), (item.end(),) * 2, None)]
    found: list[Benefit] = []
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
        carries = whom.who is None or (whom.weak and (place > 0 or joined))
        if carries and former is not None and former.who:
            whom = _goes_on(former, whom, hit.start)
        former = whom if whom.who else former
        amounts: Sequence[Amount | None] = [None]
        end = hit.end
        if hit.kind in _PAID:
            group = sentence[min(whom.start, hit.start) : hit.start]
            found_amounts, end = find_amounts(sentence, (hit.start, hit.end), bound, hit.who)
            levels = spread(group, whom.who, len(found_amounts), rules.heads)
            amounts = [
                _leveled(amount, rules) if amount.level else replace(amount, who=who, level=level)
                for amount, (who, level) in zip(found_amounts, levels, strict=True)
            ] or amounts
        start = min(whom.start, hit.start) if whom.who else max(clause_start, previous)
        sought = bool(rules.sought.search(plain, clause_start, hit.end))
        base = measure.body_start + offset
        grant = hit.who[1] if hit.who and hit.who[0] == hit.start else hit.start
        places = (start, grant, end)
        for kind in _kinds(hit.kind, plain[clause_start : hit.end], rules):
            found += [_benefit(measure, kind, whom, a, sought, base, places) for a in amounts]
    return found, former, True


def _leveled(amount: Amount, rules: BenefitRules) -> Amount:
    """博士1500元: what stands before the sum is a group, not a level, if it names one."""
    named = amount.level and rules.heads.search(amount.level)
    return replace(amount, who=amount.level, level=None) if named else amount


def _goes_on(former: Beneficiary, whom: Beneficiary, at: int) -> Beneficiary:
    """The group named before, under this sentence's condition: …；首次获评的，再奖励5万元."""
    condition = "，".join(part for part in (whom.condition, whom.who) if part)
    start = whom.start if whom.weak else at
    return replace(former, condition=condition or None, start=start, weak=False)


def _kinds(own: BenefitKind, words: str, rules: BenefitRules) -> list[BenefitKind]:
    """The kinds that an unspecific grant names as its aspects; else the trigger's own."""
    if own != "其他" or "方面" not in words:
        return [own]
    return [kind for kind, pattern in rules.aspects.items() if pattern.search(words)] or [own]


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
        who=(amount.who if amount else None) or whom.who,
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


def _hits(plain: str, rules: BenefitRules, listing: BenefitKind | None) -> list[_Hit]:
    """Trigger matches that do not overlap, in the text's order."""
    candidates: list[tuple[int, bool, _Hit]] = []
    for order, (kind, pattern) in enumerate(rules.triggers):
        for match in pattern.finditer(plain):
            what = match.span("what") if "what" in pattern.groupindex else (match.end(),) * 2
            groups = [match.span(g) for g in pattern.groupindex if g.startswith("who")]
            who = next((span for span in groups if span[1] > span[0] >= 0), None)
            hit = _Hit(kind or "其他", match.start(), match.end(), what, who)
            candidates.append((order, kind is None, hit))
    # A narrow rule stands before a wide one: the order in the file decides between overlaps.
    chosen: list[tuple[bool, _Hit]] = []
    for _, follows, hit in sorted(candidates, key=lambda c: (c[0], c[2].start)):
        if all(hit.end <= other.start or hit.start >= other.end for _, other in chosen):
            chosen.append((follows, hit))
    kept: list[_Hit] = []
    for follows, hit in sorted(chosen, key=lambda pair: pair[1].start):
        if (kept and _only_caps(plain, hit, rules)) or _denied(plain, hit, rules):
            continue
        former = kept[-1].kind if kept else listing
        if not follows:
            kept.append(hit)
        elif former is not None and former in _PAID:
            kept.append(replace(hit, kind=former))
    return kept


def _only_caps(plain: str, hit: _Hit, rules: BenefitRules) -> bool:
    """Whether the words only limit the grant before them: …，每户补贴不超过2000元."""
    clause = max(plain.rfind(sign, 0, hit.start) for sign in "，、：；") + 1
    return rules.limit.search(plain[clause : hit.end + 6]) is not None


def _denied(plain: str, hit: _Hit, rules: BenefitRules) -> bool:
    """Whether the clause says that the thing is not given, or speaks of something else."""
    clause = max(plain.rfind(sign, 0, hit.start) for sign in "，：；") + 1
    return rules.denied.search(plain[clause : hit.end]) is not None
