"""Which measures fit a firm: rules over benefits, groups and conditions; nothing is guessed.

A condition that the profile does not speak of is neither met nor unmet: the firm has to check it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.benefits.extract import Benefit
from corpus.records import CatalogEntry, Document, Measure
from qa.benefits import StatedBenefit, benefit_to_json, measure_benefits
from qa.conditions import Condition, conditions, foreign_trade, named_values, shares, wide
from qa.profile import Profile, general, profile_to_json, terms
from qa.validity import Validity, validity

Verdict = Literal["fits", "possible", "not_fits"]

# Ranks that a project or firm must have been given: no profile states them.
_RANKED = re.compile(
    r"省重大|国家级|重大(?:建设|产业|项目|科技)|尖兵|领雁|获评|入选|评为|示范类|特色小镇|申报成功"
)
# Groups that are no firms.
_TOWNS = re.compile(
    r"乡镇(?!国土)|街道|区域|小镇|创新发展区|创建单位|中央预算内|专项债|我市(?!企业)|公共航道"
)
_PERSONS = re.compile(r"老年人|残疾人|居民|群众|教师|司机|特派员|孤儿|儿童|参保|人员|育儿")
_GENERAL = frozenset({"制造业", "服务业", "农业"})
_BUDGET_TITLE = re.compile(r"财政|资金")
_ENCOURAGES = re.compile(r"支持|鼓励|推动|引导|推进|发展|完善|深化|促进")
_SENTENCES = re.compile(r"[^。；\n]*[。；\n]?")


@dataclass(frozen=True, slots=True)
class Match:
    """A measure that concerns a firm.

    Attributes:
        entry: Its document.
        measure: The measure.
        validity: The document's validity.
        verdict: fits: a benefit for what the firm needs, no condition unmet; possible: general
            support, or a benefit that hangs on a rank; not_fits: a condition is unmet.
        benefits: The benefits that concern the firm.
        conditions: Their conditions against the profile.
        would_help: Qualifications that would settle an open condition.
        reasons: Values of the profile that the measure speaks of.
        score: For the order only.
    """

    entry: CatalogEntry
    measure: Measure
    validity: Validity
    verdict: Verdict
    benefits: tuple[Benefit, ...]
    conditions: tuple[Condition, ...]
    would_help: tuple[str, ...]
    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Measures for a firm, best first."""

    profile: Profile
    as_of: date
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A benefit with how well it suits: 2 for a need, 1 beside the need, 0 not at all."""

    benefit: Benefit
    grade: int
    conditions: tuple[Condition, ...]
    reasons: tuple[str, ...]


def match(documents: Sequence[Document], profile: Profile, as_of: date) -> MatchResult:
    """Finds the measures that concern a firm.

    Args:
        documents: Where to look.
        profile: The firm; an empty profile matches nothing.
        as_of: Date against which validity is judged.
    """
    found: list[Match] = []
    if not profile.is_empty:
        for document in documents:
            for measure in document.measures:
                if measure.kind == "measure":
                    result = _match(document.entry, measure, profile, as_of)
                    if result is not None:
                        found.append(result)
    order = {"fits": 0, "possible": 1, "not_fits": 2}
    found.sort(key=lambda m: (order[m.verdict], -m.score, m.measure.measure_id))
    return MatchResult(profile, as_of, tuple(found))


def _match(entry: CatalogEntry, measure: Measure, profile: Profile, as_of: date) -> Match | None:
    judged = [_judge(measure, benefit, profile) for benefit in measure_benefits(measure)]
    wanted = [j for j in judged if j.grade]
    open_ = [j for j in wanted if all(c.state != "unmet" for c in j.conditions)]
    shown = open_ or wanted
    grade = max((j.grade for j in open_), default=0)
    reasons = tuple(dict.fromkeys(reason for j in shown for reason in j.reasons))
    soft = _general_support(measure, profile)
    verdict: Verdict
    if grade == 2:
        verdict = "fits"
    elif grade == 1 or (soft and not wanted):
        verdict = "possible"
    elif wanted and any(j.grade == 2 for j in wanted):
        verdict = "not_fits"
    else:
        return None
    best = [j for j in shown if j.grade == max(s.grade for s in shown)] if shown else []
    checked = tuple(dict.fromkeys(c for j in best for c in j.conditions))
    reasons = reasons or soft
    score = 2.0 * len(reasons) + 0.5 * any(j.benefit.amount for j in best)
    score += 0.2 * any(not j.benefit.sought for j in best) + (entry.year or 0) / 1e5
    return Match(
        entry=entry,
        measure=measure,
        validity=validity(entry, as_of),
        verdict=verdict,
        benefits=tuple(j.benefit for j in best),
        conditions=checked,
        would_help=()
        if verdict == "not_fits"
        else tuple(dict.fromkeys(c.missing for c in checked if c.missing)),
        reasons=reasons,
        score=round(score, 5),
    )


def _judge(measure: Measure, benefit: Benefit, profile: Profile) -> _Judged:
    table = terms()
    words = _sentence(measure, benefit)
    group = f"{benefit.who or ''} {benefit.condition or ''} {benefit.quote}"
    checked = conditions(measure, benefit, profile)
    if (
        _TOWNS.search(f"{benefit.who or ''} {benefit.quote}")
        and "村集体" not in profile.qualifications
    ):
        return _Judged(benefit, 0, checked, ())
    needs = [n for n in profile.needs if table["needs"][n].clause.search(words)]
    titled = [n for n in profile.needs if table["needs"][n].clause.search(measure.title)]
    wanted = tuple(dict.fromkeys([*needs, *titled]))
    if _PERSONS.search(benefit.who or "") and not needs:
        return _Judged(benefit, 0, checked, ())
    own = tuple(
        i
        for i in wide(profile)
        if table["industry"][i].clause.search(f"{group} {measure.title} {measure.section}")
    )
    held = tuple(
        q for q in profile.qualifications if table["qualifications"][q].clause.search(group)
    )
    other = foreign_trade(measure, benefit, profile)
    if other is not None:
        # For another trade: shown as unmet, and only where the need is the very thing.
        return _Judged(benefit, 2 if needs else 0, (other, *checked), wanted)
    specific = bool(held) or any(need not in general()["needs"] for need in wanted)
    reasons = (*wanted, *own, *held)
    if wanted:
        if not specific and not own and _is_for_something_else(benefit, measure):
            return _Judged(benefit, 0, checked, ())
        is_ranked = _RANKED.search(f"{benefit.who} {benefit.condition}") and not held
        lacks = any(c.missing for c in checked)
        return _Judged(benefit, 1 if is_ranked or lacks else 2, checked, reasons)
    if not profile.needs and own:
        return _Judged(benefit, 2, checked, reasons)
    if held or any(i not in _GENERAL for i in own):
        return _Judged(benefit, 1, checked, reasons)
    return _Judged(benefit, 0, checked, ())


def _is_for_something_else(benefit: Benefit, measure: Measure) -> bool:
    """Whether a benefit is for a purpose or a body that a general need does not make one's own."""
    words = f"{benefit.who or ''} {benefit.quote} {measure.title}"
    purposes = set(named_values("needs", words)) - general()["needs"]
    return bool(purposes or set(named_values("qualifications", words)) & general()["bodies"])


def _general_support(measure: Measure, profile: Profile) -> tuple[str, ...]:
    """Needs or trades that a measure without a benefit for them is about."""
    table = terms()
    if _BUDGET_TITLE.search(measure.title):
        return ()
    named = [
        value
        for value in named_values("industry", measure.title)
        or named_values("industry", measure.section)
        if not table["industry"][value].crosses_trades
    ]
    if named and profile.industry and not shares(profile, named):
        return ()
    about = [n for n in profile.needs if table["needs"][n].clause.search(measure.title)]
    if about:
        return tuple(about)
    trades = [i for i in profile.industry if i not in _GENERAL]
    wishes = [n for n in profile.needs if n not in general()["needs"]]
    for sentence in _SENTENCES.findall(measure.body):
        if _ENCOURAGES.search(sentence):
            about += [n for n in wishes if table["needs"][n].clause.search(sentence)]
            if not profile.needs:
                about += [i for i in trades if table["industry"][i].clause.search(sentence)]
    return tuple(dict.fromkeys(about))


def _sentence(measure: Measure, benefit: Benefit) -> str:
    """The sentence in which a benefit is stated."""
    place = benefit.start - measure.start
    for sentence in _SENTENCES.finditer(measure.text):
        if sentence.start() <= place < sentence.end():
            return sentence.group()
    return benefit.quote


def match_to_json(result: MatchResult, notices: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON form."""
    return {
        "as_of": result.as_of.isoformat(),
        "profile": profile_to_json(result.profile),
        "matches": [_match_to_json(found) for found in result.matches],
        "notices": list(notices),
    }


def _match_to_json(found: Match) -> dict[str, Any]:
    entry, measure = found.entry, found.measure
    return {
        "measure_id": measure.measure_id,
        "document_id": entry.document_id,
        "year": entry.year,
        "number": measure.number,
        "title": measure.title,
        "section": measure.section,
        "lead_unit": measure.lead_unit,
        "units": list(measure.units),
        "units_source": measure.units_source,
        "validity": found.validity,
        "verdict": found.verdict,
        "reasons": list(found.reasons),
        "benefits": [benefit_to_json(StatedBenefit(entry, measure, b)) for b in found.benefits],
        "conditions": [
            {
                "state": condition.state,
                "text": condition.text,
                "start": condition.start if condition.start >= 0 else None,
                "end": condition.end if condition.end >= 0 else None,
                "value": condition.value,
            }
            for condition in found.conditions
        ],
        "would_help": list(found.would_help),
    }
