"""Who gets a benefit, and on what condition, from the wording around the grant."""

import re
from dataclasses import dataclass, replace

# 对… at a clause's beginning; not 对接, 对外, 对照.
_FOR = re.compile(r"(?:^|[，；：、]|其中)对(?![接外比应标口照])")
_FOR_END = re.compile(
    r"[，。；]|按照?|依据|依法|视情|给予|予以|实行|实施(?!的)|使用(?!的)|适用|执行|优先|纳入|一般|免征|免收|在(?=[^，]{0,20}方面)"
)
_SUBJECT_END = re.compile(
    r"可(?:以|按|享)?|按照?|应当|依法|享受|优先|予以|给予|不列入|不再|在(?=[^，]{0,30}(?:方面|的|上))|的(?=，)|$"
)
# 对于省培养计划…: the 于 is not part of the name.
_LINKS = re.compile(r"于?")
_VERBS = re.compile(
    r"(?:其中|支持|鼓励|引导|推动|指导|允许|积极|原则上|继续|进一步|全面|加强|加大|将|对于?|每年|全年|争取"
    r"|遴选|落实|落细|持续|严格|切实|力争|建立|健全|推进|实行|实施|开展|认定一批|一批|保障|发放|完善|提高|全面|国家|对)+"
)
_OWN_LEAD = re.compile("争取|实施|落实|执行|实行|出台|享受|继续|全市|[^市]市级")
# What a group does, behind its name: 企业申报…, 企业面向….
_ACT = re.compile(
    r"(?:企业|项目|单位|机构|商户|人才|农户|个人)(?P<act>(?:积极)?(?:申报|开展|从事|参加|引进|面向|纳入|提供|转型|实施|建设|投保|购买|租用|租赁|通过|获得|取得|达到|入选|参与)).+"
)
_PROOF = re.compile(
    r"经[^，。；]{0,8}(?:认定|审核|评审|批准|备案|考核)[^，。；]{0,6}|(?:在)?(?:符合|满足|达到)[^。；]{2,60}?(?:前提下|条件下|的)(?=，)"
    r"|(?:评为|入选|获评|通过)[^，。；]{2,30}的(?=，)|不改变[^，。；]{2,16}前提下"
)
_AMOUNT_WORDS = re.compile(
    r"(?:一定(?:比例)?|相应的?|相关|配套的?|资金|经费|一次性|适当|优惠|政策|最高|不超过|不低于|按[^的]*|[\d.]+\s*[%万亿元]*(?:到|至|-)?)+"
    r"(?:元|的)?$"
)


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """A group and its condition.

    Attributes:
        who: The group's words, None where the sentence names none.
        condition: What it must fulfil, pieces joined by ，, or None.
        start: Offset in the sentence at which its wording begins.
    """

    who: str | None
    condition: str | None
    start: int


def names_group(sentence: str, before: int) -> bool:
    """Whether a 对… before an offset says for whom something is."""
    return _FOR.search(sentence, 0, before) is not None


def find_beneficiary(
    sentence: str,
    grant: tuple[int, int],
    what: tuple[int, int],
    own: tuple[int, int] | None,
    after: int,
    heads: re.Pattern[str],
) -> Beneficiary:
    """Finds for whom something is.

    Looked for in this order: 对… before the grant; the words between 给予 and the thing given; the
    subject before the grant; the words of the grant itself (落实新能源汽车减免购置税).

    Args:
        sentence: The sentence.
        grant: Span of the grant's words.
        what: Span between 给予 and the thing given; empty where there is none.
        own: Span of the group inside the grant's words, if the rule names it.
        after: Offset behind the grant before this one: its 对… does not count.
        heads: Words that name groups.
    """
    verb = grant[0]
    openings = [
        m for m in _FOR.finditer(sentence, after, verb) if not sentence.startswith("其", m.end())
    ]
    if openings:
        start = openings[-1].end()
        start += len(_LINKS.match(sentence, start).group())  # type: ignore[union-attr]
        end = _FOR_END.search(sentence, start)
        stop = min(end.start() if end else verb, verb)
        found = _split(sentence, start, stop, verb, heads)
        return replace(found, start=sentence.index("对", openings[-1].start()))
    inside = _AMOUNT_WORDS.sub("", sentence[what[0] : what[1]])
    if heads.search(inside):
        return _split(sentence, what[0], what[0] + len(inside), verb, heads)
    if own is not None:
        leads = [own[0], *(m.end() for m in _OWN_LEAD.finditer(sentence, *own))]
        own = (leads[-1], own[1])
        if heads.search(sentence[own[0] : own[1]]):
            return _split(sentence, *own, verb, heads)
    subject = _subject(sentence, verb, after, heads)
    if subject.who is None and own is not None and own[1] - own[0] > 1:
        return Beneficiary(sentence[own[0] : own[1]], subject.condition, own[0])
    return subject


def _subject(sentence: str, verb: int, after: int, heads: re.Pattern[str]) -> Beneficiary:
    """The last clause before the grant that names a group."""
    clauses = [m.span() for m in re.finditer(r"[^，：]+", sentence[after:verb])]
    for start, end in reversed(clauses):
        start, end = start + after, end + after
        words = sentence[start:end]
        lead = _VERBS.match(words)
        begin = start + (lead.end() if lead else 0)
        stop = _SUBJECT_END.search(sentence, begin + 1, end)
        close = stop.start() if stop else end
        if heads.search(sentence[begin:close]) and not sentence[begin:close].endswith("方面"):
            return _split(sentence, begin, close, verb, heads)
    return Beneficiary(None, _proof(sentence, after, verb), verb)


def _split(sentence: str, start: int, end: int, verb: int, heads: re.Pattern[str]) -> Beneficiary:
    """A noun phrase → its head (the group) and what stands before the last 的 (the condition)."""
    phrase = sentence[start:end]
    cut = -1
    for match in re.finditer("的", phrase):
        if heads.search(phrase[match.end() :]) and "、" not in phrase[: match.start()]:
            cut = match.start()
    who, conditions = phrase, []
    if cut > 0:
        conditions.append(phrase[:cut])
        who = phrase[cut + 1 :]
    last = None
    for last in heads.finditer(who):
        pass
    if last is not None and "等" not in who[last.end() :]:
        who = who[: last.end()]
    if act := _ACT.search(who):
        conditions.append(who[act.start("act") :])
        who = who[: act.start("act")]
    if proof := _proof(sentence, end, verb):
        conditions.append(proof)
    return Beneficiary(who.strip("，、：的 ") or None, "，".join(conditions) or None, start)


def _proof(sentence: str, start: int, end: int) -> str | None:
    found = [m.group().strip("，") for m in _PROOF.finditer(sentence[start:end])]
    return "，".join(found) or None
