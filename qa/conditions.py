"""A benefit's conditions against a firm's profile: met, unmet, or not known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.benefits.extract import Benefit
from corpus.benefits.quantities import find_quantities
from corpus.records import Measure
from qa.profile import Profile, terms

State = Literal["met", "unmet", "unknown"]

_FIRST_TIME = re.compile(r"首次|小升规|新(?:认定|建|入库)")
_PIECES = re.compile(r"[^，且]+")
# What says no more than that somebody applies.
_ANYBODY = re.compile(
    r"^(?:我市|本市|全市|各类|相关|其他)*(?:企业|项目|单位|个人|机构|对象|主体)?$"
)
_SETTLED = re.compile(r"企业|公司|项目|单位|产品|机构|在库|其他|等|类|的|、|和|我市|国家|省级|本市")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a benefit.

    Attributes:
        state: met, unmet, or unknown where the profile does not say.
        text: The condition in the text's words.
        start: Offset in the document's text, or -1 where the words do not stand in one piece.
        end: Offset behind them, or -1.
        value: The vocabulary's value that it was judged by, or None.
        missing: The qualification that would settle an unknown condition, or None.
    """

    state: State
    text: str
    start: int
    end: int
    value: str | None = None
    missing: str | None = None


def named_values(field: str, text: str) -> tuple[str, ...]:
    """The values of a field that a policy's wording names."""
    return tuple(value for value, term in terms()[field].items() if term.clause.search(text))


def conditions(measure: Measure, benefit: Benefit, profile: Profile) -> tuple[Condition, ...]:
    """The conditions of a benefit: its group and each piece of its condition."""
    pieces = [benefit.who] if benefit.who and not _ANYBODY.match(benefit.who) else []
    pieces += _PIECES.findall(benefit.condition or "")
    judged = (_judge(measure, benefit, piece, profile) for piece in pieces)
    return tuple(dict.fromkeys(judged))


def _judge(measure: Measure, benefit: Benefit, text: str, profile: Profile) -> Condition:
    start = measure.text.find(text, max(0, benefit.start - measure.start - 2))
    span = (start + measure.start, start + len(text) + measure.start) if start >= 0 else (-1, -1)
    state, value, missing = _state(text, profile)
    return Condition(state, text, *span, value, missing)


def _state(text: str, profile: Profile) -> tuple[State, str | None, str | None]:
    """State, the value it was judged by, and a qualification that would settle it."""
    if _FIRST_TIME.search(text) and "规" in text:
        if "小升规" in profile.needs:
            return "met", "小升规", None
        if profile.size in ("规下", "小微", "个体"):
            return "unmet", profile.size, None
        return "unknown", None, None
    trades = wide(profile) if profile.industry else ()
    for field, held in (("qualifications", profile.qualifications), ("industry", trades)):
        named = named_values(field, text)
        if not named:
            continue
        if own := next((value for value in named if value in _wide(field, held)), None):
            # 先进制造业企业 asks for more than 制造业: what is left over is for the firm to check.
            rest = _SETTLED.sub("", terms()[field][own].clause.sub("", text))
            return ("unknown" if rest else "met"), own, None
        if field == "qualifications":
            return "unknown", None, named[0]
        if not held:
            return "unknown", None, None
        table = terms()["industry"]
        if any(set(held) & set(table[value].within) for value in named):
            return "unknown", None, None  # a branch of the firm's trade
        return "unmet", held[0], None
    sizes = named_values("size", text)
    if sizes and profile.size is not None:
        fits = profile.size in sizes or (profile.size == "规下" and "小微" in sizes)
        # 连续两年在统: the number is not in the profile.
        settled: State = "unknown" if find_quantities(text) else "met"
        return (settled if fits else "unmet"), profile.size, None
    return "unknown", None, None


def wide(profile: Profile) -> tuple[str, ...]:
    """The firm's trades, those that include them, and those that its needs make it one of."""
    also = [terms()["needs"][need].trade for need in profile.needs]
    return tuple(
        dict.fromkeys([*_wide("industry", profile.industry), *(trade for trade in also if trade)])
    )


def shares(profile: Profile, named: Sequence[str]) -> bool:
    """Whether one of the trades named is the firm's own or includes it."""
    return bool(set(wide(profile)) & set(named))


def foreign_trade(measure: Measure, benefit: Benefit, profile: Profile) -> Condition | None:
    """The words that say that a benefit is for another trade, as an unmet condition.

    Looked for in the group, else in the benefit's words, the measure's title, its section's title.
    """
    if not profile.industry:
        return None
    for text in (benefit.who or "", benefit.quote, measure.title, measure.section):
        table = terms()["industry"]
        named = [v for v in named_values("industry", text) if not table[v].crosses_trades]
        if not named:
            continue
        if shares(profile, named):
            return None
        words = next(m for v in named if (m := table[v].clause.search(text)))
        offset = measure.text.find(text)
        span = (-1, -1)  # a section's title stands outside the measure
        if offset >= 0:
            span = (measure.start + offset + words.start(), measure.start + offset + words.end())
        return Condition("unmet", words.group(), *span, named[0])
    return None


def _wide(field: str, held: tuple[str, ...]) -> list[str]:
    """Values and those that include them."""
    return [*held, *(parent for value in held for parent in terms()[field][value].within)]
