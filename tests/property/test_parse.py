from hypothesis import example, given
from hypothesis import strategies as st

from corpus.check import check, report_to_text
from corpus.errors import ParseError
from corpus.normalise import normalise
from corpus.structure.parse import read

_STARTS = [
    *(
        "第一编　",
        "第一章　总则",
        "第一条　",
        "第二条　",
        "第三条之一　",
        "第十条　",
        "一、",
        "二、",
        "五、",
    ),
    *(
        "（一）",
        "（二）",
        "1.",
        "2.",
        "3．",
        "1.1 ",
        "1.2 ",
        "（1）",
        "（2）",
        "①",
        "②",
        "附件",
        "附件1",
    ),
    *(
        "附件：1.",
        "附件2：",
        "抄送：",
        "目录",
        "甲 | 乙 | 丙",
        "| 甲",
        "表1 ",
        "序号 | 名称",
        "责任单位：",
    ),
    *(
        "2024年3月1日",
        "市财政局",
        "（此件公开发布）",
        "本办法自2024年1月1日起施行。",
        "",
        "1 总则",
        "|",
    ),
]
_ENDS = [
    "",
    "支持企业发展。",
    "对首次上规的企业，给予5万元奖励。",
    "有下列情形的：",
    "（市财政局负责）",
]


@st.composite
def official_texts(draw: st.DrawFn) -> str:
    """Lines that begin as those of official documents, in any order."""
    line = st.tuples(st.sampled_from(_STARTS), st.sampled_from(_ENDS)).map("".join)
    return "\n".join(draw(st.lists(line, max_size=25)))


@given(official_texts())
@example("附件\n附件1\n第一条　支持企业发展。\n附件2：\n甲 | 乙 | 丙")
def test_records_are_the_texts_own_spans_without_overlap(raw: str) -> None:
    text = normalise(raw).text
    try:
        reading = read("d", "", text)
    except ParseError:
        return
    behind = 0
    held: set[int] = set()
    for measure in reading.measures:
        assert measure.text == text[measure.start : measure.end]
        assert behind <= measure.start <= measure.body_start <= measure.body_end <= measure.end
        behind = measure.end
        held.update(range(measure.start, measure.end))
    for line in reading.unassigned:
        assert text[line.start : line.end] == line.text
        held.update(range(line.start, line.end))
    assert all(char.isspace() for i, char in enumerate(text) if i not in held)
    ids = [measure.measure_id for measure in reading.measures]
    assert len(set(ids)) == len(ids)
    assert all(set(m.lead_units) <= set(m.units) for m in reading.measures)


@given(official_texts())
def test_any_text_can_be_reported_on(raw: str) -> None:
    assert report_to_text(check(raw, "x.txt"))
