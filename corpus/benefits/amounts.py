"""How much a grant gives: sums and rates, one for each level, with cap and reference unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.benefits.quantities import Quantity, find_quantities, half_width, with_bound

# The wording from which a grant's numbers count: 按实际投入的30%给予补助, 每平方米20元补贴.
_BASIS = re.compile(r"按照?|每|分别|一次性|最高|共|减按|由")
# A cap may stand in clauses of its own behind the grant: …给予补助，单个项目最高100万元.
_CAP = re.compile(
    r"[，,、](?:[^，。；]{0,14}?)(?:最高|最多|至多|不超过?|不高于|上限|封顶|累计|限额|总额|为限)[^，。；]*"
)
_LIST = re.compile(r"^[^\d，。；]{0,8}?(?:、|和|或|及|以及)[^，。；]{0,24}$")
# …奖励50万元，省级的20万元: an item of the list in a clause of its own.
_COMMA_ITEM = re.compile(
    r"^(?:[/每][一-鿿·]{1,6})?(?:的?(?:一次性)?(?:奖励|补助|补贴|奖补|资助))?，(?!(?:每|单|同|最|累|总|不|合|年|[^，]*(?:自|缴|付|担|筹|其余|剩余)))[^，。；]{1,20}?$"
)
# 由每年1.5万元提高到2万元: the second one is paid.
_RAISED = re.compile(
    r"^[^，。；]{0,8}(?:提高|上调|上浮|调整|增加|提升|提标)(?:到|至|为)[^，。；]{0,8}$"
)
# What stands between a rate and its grant: 首年全额、第二年减半给予租金补贴.
_AT_ONCE = re.compile(
    r"^(?:的|标准|比例|额度|分别|一次性|、|和|[前后首第][一二三四五六七八九\d]{0,2}年)*$"
)
# What sums are counted by; the longer word stands first.
_UNIT = (
    "人次|人|家|户|个|项|件|台|套|辆|亩|公顷|平方米|平方公里|公里|千米|米|吨标准煤|吨|公斤|千克|斤|立方米|升|千瓦时|千瓦|兆瓦|瓦|度|株|头|只|"
    "羽|尾|枚|场|座|栋|幢|间|床位|床|张|单|集|列|节|班次|班|航次|标箱|箱|车|桩|枪|笔|届|期|年度|年|季度|季|月|天|日|次|晚|夜|小时|课时|"
    "篇|部|款|档|条|批|本|名|位|艘|架|支|村|校|店|站|点|对|份|票|例|周|学期|类|篇|万元|亿元|家庭"
)
_PER_BEFORE = re.compile(
    rf"每(?:新增|增加|引进|培育|新建|完成|招用|开行|吸纳)?一?1?(?P<a>{_UNIT})(?:[一-鿿]{{0,6}}?[、/每]+(?P<b>{_UNIT}))?(?:给予|予以|再|可|各|奖励|补助|补贴|补|资助|发放|支付|标准|最高|不超过|按|为|分别|扩岗|一次性|高龄津贴|津贴)*$"
)
_PER_AFTER = re.compile(rf"^(?:/|每)(?P<a>{_UNIT})(?:[/·每](?P<b>{_UNIT}))?")
_LABEL = re.compile(
    rf"(?:^|[、，：按为予照])(?P<level>(?!分别|一次性|按|给予|最高|每)[^、，；：。\d按为予]{{2,16}}?)(?:的|可?给予|补贴|奖励|补助|最高|一次性|每(?:{_UNIT}))*$"
)
_THRESHOLD = re.compile(
    r"^\s*(?:\(含\)|（含）|\(不含\)|（不含）)?(?:及?以上|及?以下|以内|起)?的(?:(?:企业|项目|单位|个人)(?![^，。；]{0,2}(?:奖|补|资助|经费))|，)"
    r"|^\s*(?:\(含\)|（含）)?(?:及?以上|及?以下|以内)(?:（含）)?(?!奖|补|的?(?:奖|补|资))"
)
_THRESHOLD_LEAD = re.compile(
    r"(?:投资额?|营(?:业)?收(?:入)?|产值|销售额|交易额|出口额|进口额|税收|纳税|投入|强度|收入|售价|票房|消费|净增|同比|增速|增长|突破|达到|(?<!不)超过?|满|占比|比例达|容积率)[^，。；\d]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One sum or rate of a grant.

    Attributes:
        quantity: The sum or rate with its bound.
        cap: The most that is paid, where the text sets it beside a rate or a sum per unit.
        per: What the sum is counted by (亩, 人·月), or None for one sum.
        level: The level that it is for, where a grant lists several; else None.
        who: The group of the list that it is for, where the list is one of groups; else None.
    """

    quantity: Quantity
    cap: Quantity | None
    per: str | None
    level: str | None = None
    who: str | None = None


def find_amounts(
    sentence: str, grant: tuple[int, int], bound: int, own: tuple[int, int] | None = None
) -> tuple[tuple[Amount, ...], int]:
    """Finds what a grant gives.

    Args:
        sentence: The sentence.
        grant: Span of the words that grant.
        bound: Offset at which the next grant begins.
        own: Span of the group inside the grant's words: its numbers are conditions.

    Returns:
        The amounts in order, and the offset at which their wording ends.
    """
    plain = half_width(sentence)
    clause = max(plain.rfind(sign, 0, grant[0]) for sign in "，；：") + 1
    basis = _BASIS.search(plain, clause, grant[0])
    payable = _paid(sentence, plain, own)
    comma = plain.find("，", grant[1])
    end = len(plain.rstrip("。；\n")) if comma < 0 else comma
    end = max(min(end, bound), grant[1])
    start = grant[0]
    if not any(grant[0] <= q.start and q.end <= end for q in payable):
        start = _at_once(plain, payable, clause, grant[0])
    start = min(start, basis.start()) if basis else start
    paid = [q for q in payable if start <= q.start and q.end <= end]
    paid += _comma_items(plain, payable, paid, bound)
    end = max([end, *(q.end for q in paid)])
    sums, caps = _apart(paid)
    stop = max([grant[1], *(q.end for q in paid)])
    tail = _CAP.match(plain, end)
    while tail and tail.end() <= bound:
        more = [q for q in payable if tail.start() <= q.start and q.end <= tail.end()]
        if not more and not re.search("[年月]", tail[0]):
            break
        more = [q for q in more if q.dimension == "money"]
        caps += more
        stop = max([stop, *(q.end for q in more)])
        tail = _CAP.match(plain, tail.end())
    if not sums:
        sums, caps = caps[:1], caps[1:]
    chosen = _listed(plain, sums)
    cap = with_bound(sentence, caps[0]) if caps else None
    pers = [_per(plain, q) for q in chosen]
    levels = _own_levels(plain, chosen)
    return tuple(
        Amount(with_bound(sentence, q), cap, per or next((p for p in pers if p), None), level)
        for q, per, level in zip(chosen, pers, levels, strict=True)
    ), stop


def _own_levels(plain: str, chosen: Sequence[Quantity]) -> Sequence[str | None]:
    """The levels that a list writes before its sums: 国家级50万元、省级20万元."""
    levels: list[str | None] = []
    last = 0
    for q in chosen:
        label = _LABEL.search(plain[last : q.start])
        levels.append(label["level"] if label else None)
        last = q.end
    listed = len(chosen) > 1 and all(levels[1:])
    return levels if listed else [None] * len(chosen)


def _at_once(plain: str, payable: Sequence[Quantity], clause: int, verb: int) -> int:
    """Where rates begin that stand at once before the grant."""
    start = verb
    for q in reversed(payable):
        if (
            q.dimension == "rate"
            and clause <= q.start
            and q.end <= start
            and _AT_ONCE.match(plain[q.end : start])
        ):
            start = q.start
    return start


def _paid(sentence: str, plain: str, own: tuple[int, int] | None) -> list[Quantity]:
    """Sums and rates that can be paid; 年营业收入1亿元以上的 is a threshold."""
    return [
        q
        for q in find_quantities(sentence)
        if q.dimension in ("money", "rate")
        and not (own and own[0] <= q.start < own[1])
        and not _THRESHOLD.match(plain[q.end :])
        and not (
            _THRESHOLD_LEAD.search(plain[: q.start])
            and re.match("[^，。；]{0,12}的", plain[q.end :])
        )
    ]


def _comma_items(
    plain: str, payable: Sequence[Quantity], paid: Sequence[Quantity], bound: int
) -> list[Quantity]:
    """Sums in clauses of their own that go on with a list."""
    items: list[Quantity] = []
    last = paid[-1] if paid else None
    for q in payable:
        if last is None or q.start < last.end or q.end > bound or q.dimension != last.dimension:
            continue
        ends = re.match(r"(?:[/每][一-鿿]{1,5})?(?:[，。；、\n]|$)", plain[q.end :])
        if not ends or not _COMMA_ITEM.match(plain[last.end : q.start]):
            break
        items.append(q)
        last = q
    return items


def _apart(paid: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Sums and rates, and those that only cap them (最高, 不超过)."""
    caps = [q for q in paid if q.low is None and q.high is not None and q.dimension == "money"]
    return [q for q in paid if q not in caps], caps


def _listed(plain: str, sums: Sequence[Quantity]) -> list[Quantity]:
    """The first amount and those that a list joins to it: 50万元、30万元、10万元."""
    chosen = list(sums[:1])
    for q in sums[1:]:
        between = plain[chosen[-1].end : q.start]
        if _RAISED.search(between):
            chosen = [q]
            continue
        if not _LIST.match(between) and not _COMMA_ITEM.match(between):
            break
        chosen.append(q)
    return chosen


def spread(
    group: str, who: str | None, count: int, heads: re.Pattern[str]
) -> Sequence[tuple[str | None, str | None]]:
    """Group and level of each amount of a list, where the words for the group list as many.

    博士、硕士 are groups; 国家级、省级 and 1亿元、5亿元 are levels.

    Args:
        group: The words before the grant.
        who: The group as found.
        count: How many amounts there are.
        heads: Words that name groups.
    """
    nothing: list[tuple[str | None, str | None]] = [(None, None)] * count
    if count < 2:
        return nothing
    items = [item for item in re.split(r"[、和]", who or "") if item]
    if len(items) == count and all(heads.search(item) for item in items):
        return [(item, None) for item in items]
    if len(items) == count:
        # 国家级、省级、市级技术中心: the last item's level ends with the sign of the first one's.
        ends = items[-1].find(items[0][-1]) + 1
        head = items[-1][ends:] if ends and heads.search(items[-1][ends:]) else None
        return [(head, level) for level in [*items[:-1], items[-1][:ends] or items[-1]]]
    thresholds = [q.text for q in find_quantities(group) if q.dimension == "money"]
    if len(thresholds) == count:
        return [(None, threshold) for threshold in thresholds]
    for clause in re.split("，", group.removeprefix("对")):
        named = [item for item in re.split("[、和]", clause.rpartition("的")[0] or clause) if item]
        if len(named) == count:
            return [(None, item) for item in named]
    return nothing


def _per(plain: str, quantity: Quantity) -> str | None:
    match = _PER_AFTER.match(plain[quantity.end :]) or _PER_BEFORE.search(plain[: quantity.start])
    return "·".join(part for part in match.groups() if part) if match else None
