"""How much a grant gives: sums and rates, one for each level, with cap and reference unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.quantities import Quantity, find_quantities, half_width, with_bound

# The wording from which a grant's numbers count: 按实际投入的30%给予补助, 每平方米20元补贴.
_BASIS = re.compile(r"按照?|每|分别|一次性|最高|共|减按|由")
# A cap may stand in clauses of its own behind the grant: …给予补助，单个项目最高100万元.
_CAP = re.compile(
    r"[，,](?:[^，。；]{0,14}?)(?:最高|不超过|上限|封顶|累计|限额|总额)[^，。；]*"
)
_LIST = re.compile(r"^[^\d，。；]{0,8}?(?:、|和|或|及|以及)[^\d，。；]{0,10}$")
_PER_BEFORE = re.compile(r"每(?P<a>[一-鿿]{1,4}?)(?:[、每](?P<b>[年月天次]))?(?:给予|奖励|补助|补贴|最高|不超过|按)*$")
_PER_AFTER = re.compile(r"^/(?P<a>[一-鿿]{1,5})")


@dataclass(frozen=True, slots=True)
class Amount:
    """One sum or rate of a grant.

    Attributes:
        quantity: The sum or rate with its bound.
        cap: The most that is paid, where the text sets it beside a rate or a sum per unit.
        per: What the sum is counted by (亩, 人·月), or None for one sum.
        level: The level that it is for, where a grant lists several; else None.
    """

    quantity: Quantity
    cap: Quantity | None
    per: str | None
    level: str | None


def find_amounts(
    sentence: str, grant: tuple[int, int], bound: int, group: str
) -> tuple[tuple[Amount, ...], int]:
    """Finds what a grant gives.

    Args:
        sentence: The sentence.
        grant: Span of the words that grant.
        bound: Offset at which the next grant begins.
        group: The words that name group and condition, with the levels of a list.

    Returns:
        The amounts in order, and the offset at which their wording ends.
    """
    plain = half_width(sentence)
    clause = max(plain.rfind(sign, 0, grant[0]) for sign in "，；：") + 1
    basis = _BASIS.search(plain, clause, grant[0])
    start = basis.start() if basis else grant[0]
    comma = plain.find("，", grant[1])
    end = len(plain.rstrip("。；\n")) if comma < 0 else comma
    end = max(min(end, bound), grant[1])
    paid = [q for q in _paid(sentence, plain) if start <= q.start and q.end <= end]
    sums, caps = _apart(paid)
    stop = max([grant[1], *(q.end for q in paid)])
    tail = _CAP.match(plain, end)
    while tail and tail.end() <= bound:
        more = [q for q in _paid(sentence, plain) if tail.start() <= q.start and q.end <= tail.end()]
        if not more:
            break
        caps += more
        stop = max(q.end for q in more)
        tail = _CAP.match(plain, tail.end())
    if not sums:
        sums, caps = caps[:1], caps[1:]
    chosen = _listed(plain, sums)
    levels = _levels(group, len(chosen))
    cap = with_bound(sentence, caps[0]) if caps else None
    amounts = tuple(
        Amount(with_bound(sentence, q), cap, _per(plain, q), level)
        for q, level in zip(chosen, levels, strict=True)
    )
    return amounts, stop


def _paid(sentence: str, plain: str) -> list[Quantity]:
    """Sums and rates that can be paid; 年营业收入1亿元以上的 is a threshold."""
    return [
        q
        for q in find_quantities(sentence)
        if q.dimension in ("money", "rate")
        and not re.match(r"(?:以上|以下)?的(?:企业|项目|单位|，)", plain[q.end :])
    ]


def _apart(paid: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Sums and rates, and those that only cap them (最高, 不超过)."""
    caps = [q for q in paid if q.low is None and q.high is not None and q.dimension == "money"]
    return [q for q in paid if q not in caps], caps


def _listed(plain: str, sums: Sequence[Quantity]) -> list[Quantity]:
    """The first amount and those that a list joins to it: 50万元、30万元、10万元."""
    chosen = list(sums[:1])
    for q in sums[1:]:
        if not _LIST.match(plain[chosen[-1].end : q.start]):
            break
        chosen.append(q)
    return chosen


def _levels(group: str, count: int) -> Sequence[str | None]:
    """The levels that a list of amounts is for, if the group's words list as many."""
    if count < 2:
        return [None] * count
    thresholds = [q.text for q in find_quantities(group) if q.dimension == "money"]
    if len(thresholds) == count:
        return thresholds
    items = [item for item in re.split(r"[、和]", group) if item]
    return items if len(items) == count else [None] * count


def _per(plain: str, quantity: Quantity) -> str | None:
    after = _PER_AFTER.match(plain[quantity.end :])
    if after:
        return after["a"]
    before = _PER_BEFORE.search(plain[: quantity.start])
    return "·".join(part for part in before.groups() if part) if before else None
