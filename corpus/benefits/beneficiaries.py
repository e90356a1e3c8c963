"""Who gets a benefit, and on what condition, from the wording around the grant."""

import re
from dataclasses import dataclass, replace

# 对… at a clause's beginning; not 对接, 对外, 对照.
_FOR = re.compile(r"(?:^|[，；：、]|其中)对(?![接外比应标口照])")
_FOR_END = re.compile(
    r"[，。；]|按照?|依据|依法|视情|给予|予以|分别|一次性|实行|实施(?!的)|使用(?!的)|适用|执行|优先|纳入(?![^，]{0,12}的)|一般|免征|免收|在(?=[^，]{0,20}方面)"
)
_SUBJECT_END = re.compile(
    r"可(?:以|按|享|直接|申请|凭)?|按照?|应当|依法|分别|享受|优先(?!发展)|予以|给予|每(?=[人家户名])|直接|一律|不列入|不再|减按|免于|由(?=[^，]{0,10}(?:财政|政府))|在(?=[^，]{0,30}(?:方面|的|上))|的(?=，)|$"
)
# 对于省培养计划…: the 于 is not part of the name.
_LINKS = re.compile(r"于?")
_VERBS = re.compile(
    r"(?:其中|支持|鼓励|引导|推动|指导|允许|积极|原则上|继续|进一步|全面|加强|加大|将|对于?|每年|全年|争取"
    r"|遴选|落实|落细|持续|严格|切实|力争|建立|健全|推进|实行|实施|开展|认定一批|一批|保障|发放|完善|提高|全面|国家(?!级)|对)+"
)
_OWN_LEAD = re.compile("争取|实施|落实|执行|实行|出台|享受|继续|全市|[^市]市级")
# A span of time before the group: 2024年1月1日至2025年12月31日期间，企业….
_TIME = re.compile(r"(?:自|从|在)?[^，]{2,30}(?:期间|之日起|日起|年起|以来)$")
# What a group does, behind its name: 企业申报…, 人才团队带项目落地.
_DOES = (
    r"积极|申报|开展|从事|参加|引进|面向|纳入|提供|转型|实施|建设|投保|购买|租[用赁住]|通过|获[得评批]?|取得|达到|入[选驻围]"
    r"|参与|完成|新增|新建|新?购|自建|带(?!头)|将|凭|持(?!续)|在(?![站职岗校读库册建产])|经(?!营|济)|首次|当年|年度|每|拟|与|为(?!主)|向|因|自(?!主|由|建|然)|报废|转让|招用|招聘|吸纳|录用"
    r"|签订|落户|投资|就读|就业(?!人员)|创办|创业(?!者|团队|人员|基地|孵化|项目|企业|园)|领办|举办|承办|出口|进口|上市|升规|连续|缴纳|生产|种植|养殖|销售|使用|利用|采用|委托|聘请|设立|研发(?!机构|中心|平台|投入|费)|制定|主导|牵头|到|来|赴|回|超|满|未|符合|满足|列入|培育|打造|改造|发生|交易"
)
_PREPOSITION = re.compile(r"[与向为由从被给经和]$|属于$|作为$|联合$|服务$")
# A clause that begins with what is done names no group of its own.
_DEED = re.compile(
    rf"(?:{_DOES}|新(?!能|型|兴|材|业|农|就|车|三)|已(?!突)|获|立项|评[为选定]|被|认定|出站|毕业|组织(?=[^，]{{2}})|实现|开行|参保|转化|引入|扩大|增加|购置|获评|满足|经)"
)
_GAINED = re.compile(
    r"^(?:首次|新|当年|年度)?(?:被|获|经)*(?:评|认定|获评|评定|入选|获批|创成|创建|评选)(?:[为成]|上)?"
)
_PROOF = re.compile(
    r"经[^，。；]{0,8}(?:认定|审核|评审|批准|备案|考核)[^，。；]{0,6}|(?:在)?(?:符合|满足|达到)[^。；]{2,60}?(?:前提下|条件下|的)(?=，)"
    r"|(?:评为|入选|获评|通过)[^，。；]{2,30}的(?=，)|不改变[^，。；]{2,16}前提下"
)
_AMOUNT_WORDS = re.compile(
    r"(?:一定(?:比例)?|相应的?|相关|配套的?|资金|经费|一次性|适当|优惠|政策|最高|不超过|不低于|按[^的]*|每[^\d]{1,4}|[\d.]+\s*[%万亿元]*(?:到|至|-)?)+"
    r"(?:元|的)?$"
)
# 给予船公司每航次6万元: the group stands at once behind 给予, before what counts or limits.
_RECEIVER = re.compile(
    r"^(?P<who>[^，。；\d的]{2,16}?)(?=每|最高|一次性|不超过|按|共|累计|[\d一二三四五六七八九十百千]+(?:\.\d+)?\s*[百千万亿元]|[\d.]+\s*[%‰]|$)"
)
# Clauses that say how much, not who.
_MEANS = re.compile(r"按|最高|不超过|累计|分别|由(?!企业)|每(?!年)|单个|其?实际")
# What goes on with a name behind its head: 产品或服务, 乡镇（街道）, 赛事等.
_MORE = re.compile(r"或|和|及|、|（|\(|与|[^，]*等")
_AND = tuple("、和及与或")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """A group and its condition.

    Attributes:
        who: The group's words, None where the sentence names none.
        condition: What it must fulfil, pieces joined by ，, or None.
        start: Offset in the sentence at which its wording begins.
        weak: Whether `who` is only the distinction gained (获评示范基地的): a group named before
            stands above it.
    """

    who: str | None
    condition: str | None
    start: int
    weak: bool = False


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

    Looked for in this order: the words at once behind 给予; 对… before the grant; the words between
    给予 and the thing given; the subject before the grant; the words of the grant itself
    (落实新能源汽车减免购置税).

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
    target = None
    if openings:
        start = openings[-1].end()
        start += len(_LINKS.match(sentence, start).group())  # type: ignore[union-attr]
        end = _FOR_END.search(sentence, start)
        # The group may stand inside the grant's words: 对小规模纳税人免征增值税.
        last = own[1] if own and own[0] == verb else verb
        stop = min(end.start() if end else last, last)
        gained = _GAINED.match(sentence[start:stop])
        named = gained is not None and sentence[stop - 1] == "的"
        deed = sentence[start:stop]
        if deed.endswith("的") and not named and _DEED.match(deed):
            actor = _actor(sentence, start, stop - 1, verb, heads)
            found = actor or Beneficiary(
                None, _joined(deed[:-1], _deeds(sentence, stop, verb)), start
            )
        elif gained and named and heads.search(sentence, start + gained.end(), stop):
            found = _split(sentence, start + gained.end(), stop - 1, verb, heads)
        else:
            found = _split(sentence, start, stop, max(verb, stop), heads)
        target = replace(found, start=sentence.index("对", openings[-1].start()))
    inside = _AMOUNT_WORDS.sub("", sentence[what[0] : what[1]])
    receiver = _RECEIVER.match(inside) or _RECEIVER.match(sentence[what[0] : what[1]])
    if receiver and heads.search(receiver["who"]):
        whole = [target.condition, None if target.weak else target.who] if target else []
        condition = "，".join(part for part in whole if part) or _deeds(sentence, after, verb)
        start = target.start if target else what[0]
        return Beneficiary(receiver["who"], condition, start)
    if target:
        return target
    if heads.search(inside) and not inside.startswith(("最高", "不超过", "一次性")):
        return _split(sentence, what[0], what[0] + len(inside), verb, heads)
    if own is not None:
        told = sentence[own[0] : own[1]]
        if "享受" in told and (
            led := _clause_group(sentence, own[0], own[0] + told.index("享受"), verb, heads)
        ):
            return led
        leads = [own[0], *(m.end() for m in _OWN_LEAD.finditer(sentence, *own))]
        own = (leads[-1], own[1])
        if heads.search(sentence[own[0] : own[1]]):
            return _split(sentence, *own, verb, heads)
        if own[0] > verb and (led := _clause_group(sentence, verb, own[0], own[0], heads)):
            return led
    subject = _subject(sentence, verb, after, heads)
    if subject.who is None and own is not None and own[1] - own[0] > 1:
        name = sentence[own[0] : own[1]].removeprefix("国家")
        return Beneficiary(name, subject.condition, own[0], weak=True)
    return subject


def _subject(sentence: str, verb: int, after: int, heads: re.Pattern[str]) -> Beneficiary:
    """The last clause before the grant that names a group."""
    clauses = [m.span() for m in re.finditer(r"[^，：；]+", sentence[after:verb])]
    weak: Beneficiary | None = None
    for start, end in reversed(clauses):
        start, end = start + after, end + after
        words = sentence[start:end]
        if start == after > 0 and sentence[after - 1] not in "，；：" and words[0] != "、":
            continue  # the rest of the grant before
        if _TIME.match(words) or _MEANS.match(words):
            continue
        lead = _VERBS.match(words)
        begin = start + (lead.end() if lead else 0)
        found = _clause_group(sentence, begin, end, verb, heads)
        if found and not found.weak:
            return found
        weak = weak or found
    if weak:
        return weak
    return Beneficiary(None, _deeds(sentence, after, verb), verb)


def _clause_group(
    sentence: str, begin: int, end: int, verb: int, heads: re.Pattern[str]
) -> Beneficiary | None:
    """The group that one clause names: as its subject, or as a whole noun phrase."""
    words = sentence[begin:end]
    gained = _GAINED.match(words)
    if gained and words.endswith("的") and heads.search(words, gained.end()):
        found = _split(sentence, begin + gained.end(), end - 1, verb, heads)
        return replace(found, start=begin, weak=True)
    if words.endswith("的"):
        return _actor(sentence, begin, end - 1, verb, heads)
    # The first place at which a subject can end and behind which a group has been named.
    closes = [stop.start() for stop in _SUBJECT_END.finditer(sentence, begin + 1, end)]
    close = next((c for c in closes if heads.search(sentence, begin, c)), end)
    phrase = sentence[begin:close]
    if not heads.search(phrase) or phrase.endswith("方面"):
        return None
    if "的" not in _blank(phrase) and (actor := _actor(sentence, begin, close, verb, heads)):
        return actor
    weak = bool(_DEED.match(phrase)) and "的" not in phrase
    return replace(_split(sentence, begin, close, verb, heads), weak=weak)


def _actor(
    sentence: str, begin: int, end: int, verb: int, heads: re.Pattern[str]
) -> Beneficiary | None:
    """企业获得贷款并完成购置的: the name before the first deed; None where a deed stands first."""
    phrase = _blank(sentence[begin:end])
    for match in heads.finditer(phrase):
        deed = re.match(_DOES, phrase[match.end() :])
        before = phrase[: match.start()]
        if deed is None:
            continue
        if _PREPOSITION.search(before) or (_DEED.match(phrase) and "的" not in before):
            return None
        found = _split(sentence, begin, begin + match.end(), verb, heads)
        return _doing(found, sentence[begin + match.end() : end])
    first = next((m for m in heads.finditer(phrase) if phrase[m.end() :][:1] not in _AND), None)
    plain_start = first and first.start() <= 8 and not _DEED.match(phrase)
    if first and plain_start and not re.search("[的□]", phrase[: first.start()]):
        found = _split(sentence, begin, begin + first.end(), verb, heads)
        return _doing(found, sentence[begin + first.end() : end])
    return None


def _doing(found: Beneficiary, deed: str) -> Beneficiary:
    """The group with what it does among its conditions."""
    if not deed or deed in (found.condition or ""):
        return found
    condition = "，".join(part for part in (deed, found.condition) if part)
    return replace(found, condition=condition)


def _blank(text: str) -> str:
    """The text with what stands in quotes and brackets blanked; every offset stays."""
    return _QUOTED.sub(lambda m: "□" * len(m[0]), text)


def _split(sentence: str, start: int, end: int, verb: int, heads: re.Pattern[str]) -> Beneficiary:
    """A noun phrase → its head (the group) and what stands before the last 的 (the condition)."""
    phrase = sentence[start:end]
    weak = phrase.endswith("的") and end < verb
    bare = phrase[:-1] if weak else phrase
    cut = _cut(_blank(bare), heads)
    who, conditions = bare, []
    if cut > 0:
        conditions.append(bare[:cut])
        who = bare[cut + 1 :]
    last = next(reversed(list(heads.finditer(_blank(who)))), None)
    if last is not None and not _MORE.match(who[last.end() :]):
        who = who[: last.end()]
    elif last is None and (re.search(r"\d", who) or len(who) > 14 or _DEED.match(who)):
        who = ""
    if act := re.search(
        rf"(?:企业|项目|单位|机构|商户|人才|农户|个人)(?P<act>{_DOES})", _blank(who)
    ):
        conditions.append(who[act.start("act") :])
        who = who[: act.start("act")]
    if proof := _deeds(sentence, end, verb):
        conditions.append(proof)
    return Beneficiary(
        who.strip("，、：的 ") or None,
        "，".join(conditions) or None,
        start,
        weak and bool(_DEED.match(bare)),
    )


def _cut(phrase: str, heads: re.Pattern[str]) -> int:
    """Where the last 的 stands that parts a condition from the name; -1 where none does.

    甲的企业、乙的机构 is a list of names: nothing is cut off it.
    """
    cut = -1
    for match in re.finditer("的", phrase):
        rest = phrase[match.end() :]
        before = phrase[: match.start()]
        listed = "的" in before and any(
            heads.search(item[-6:]) and "的" in item for item in before.split("、")[:-1]
        )
        if (heads.search(rest) or 1 < len(rest) <= 12) and not listed:
            cut = match.start()
    return cut


def _joined(*parts: str | None) -> str | None:
    return "，".join(part for part in parts if part) or None


def _deeds(sentence: str, start: int, end: int) -> str | None:
    """Conditions in clauses of their own before the grant: 经认定, …的."""
    found: list[str] = []
    for clause in re.finditer(r"[^，：；]+", sentence[start:end]):
        words = clause.group()
        closed = clause.end() < end - start
        if closed and words.endswith("的") and len(words) > 2:
            found.append(words[:-1])
        elif proof := _PROOF.search(words + ("，" if closed else "")):
            found.append(proof.group().strip("，"))
    return "，".join(found) or None
