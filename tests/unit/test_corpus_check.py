from pathlib import Path

import pytest

from corpus.check import Finding, check, report_to_text

_DOCUMENTS = Path(__file__).parents[1] / "documents"


def _check(stem: str) -> str:
    file = _DOCUMENTS / f"{stem}.txt"
    return report_to_text(check(file.read_text("utf-8"), file.name))


def _findings(text: str) -> list[Finding]:
    return list(check(text, "x.txt").findings)


@pytest.mark.parametrize("file", sorted(_DOCUMENTS.glob("*.txt")), ids=lambda file: file.stem)
def test_a_report_can_be_put_in_words(file: Path) -> None:
    raw = file.read_text("utf-8")
    report = check(raw, file.name)
    text = report_to_text(report)
    assert file.name in text
    assert "None" not in text
    assert "\n\n\n" not in text
    lines = raw.split("\n")
    for finding in report.findings:
        assert finding.text[:10] in lines[finding.line - 1]
    for line in report.unassigned:
        assert line.text[:10] in lines[line.line - 1]


def test_a_gap_is_named_with_its_line() -> None:
    [finding] = _findings("办法\n第一条　为了人才。\n第二条　给予补贴。\n\n第五条　本办法施行。\n")
    assert (finding.problem, finding.line, finding.expected) == ("gap", 5, 3)
    assert "第12行“第五条" in _check("trial-guiding")
    assert "编号不连续，前面缺4" in _check("trial-guiding")


def test_a_number_that_comes_twice_is_named() -> None:
    text = "办法\n第一条　为了人才。\n第二条　给予补贴。\n第二条　不予补贴。\n"
    [finding] = _findings(text)
    assert (finding.problem, finding.line) == ("duplicate", 4)
    assert "编号重复" in report_to_text(check(text, "x.txt"))


def test_a_gap_within_a_section_is_named() -> None:
    found = [
        (f.problem, f.line, f.expected)
        for f in check((_DOCUMENTS / "restart-per-section.txt").read_text("utf-8"), "").findings
    ]
    assert ("gap", 8, 2) in found


def test_a_line_that_only_looks_numbered_is_named() -> None:
    text = "措施\n1.支持企业。给予补贴。\n2.支持人才。给予补贴。\n58.这一行不是条款。\n"
    [finding] = _findings(text)
    assert (finding.problem, finding.line) == ("not_numbered", 4)


def test_measures_without_units_are_named_if_others_have_some() -> None:
    text = "措施\n1.支持企业。给予补贴。（责任单位：市财政局）\n2.支持人才。给予补贴。\n"
    report = check(text, "x.txt")
    assert [(f.problem, f.line, f.measure_id) for f in report.findings] == [("no_units", 3, "2")]
    assert (report.with_units, report.measures) == (1, 2)
    assert "未列责任单位的条款：第3行" in report_to_text(report)


def test_lines_that_no_record_holds_are_listed() -> None:
    text = _check("hongtou-wrapped")
    assert "没有收入任何条款的文字" in text
    assert "抄送：市委各部门" in text


def test_a_document_without_numbers_says_so() -> None:
    report = check((_DOCUMENTS / "speech-unnumbered.txt").read_text("utf-8"), "x.txt")
    assert (report.level, report.measures) == ("paragraph", 4)
    assert "全文没有编号，按自然段处理" in report_to_text(report)


@pytest.mark.parametrize("text", ["", "你好", "\n\n", "|", "附件", "抄送：甲"])
def test_a_text_with_nothing_to_quote_says_so(text: str) -> None:
    report = check(text, "x.txt")
    assert (report.level, report.measures) == (None, 0)
    assert "没有找到可以引用的内容" in report_to_text(report)


def test_what_is_not_stated_is_said_and_guesses_are_marked() -> None:
    report = check((_DOCUMENTS / "draft-consultation.txt").read_text("utf-8"), "x.txt")
    assert set(report.missing) == {"number", "issuer", "issued", "term_start", "term_end", "year"}
    text = report_to_text(report)
    assert "文号：原文没有载明" in text
    assert "没有写明从哪一天算起" in text
    assert "适用地区：南屏县（推测，请核对" in text


def test_lines_are_those_of_the_file() -> None:
    raw = (_DOCUMENTS / "hongtou-wrapped.txt").read_text("utf-8")
    metadata = check(raw, "x.txt").metadata
    assert metadata.number.line is not None
    assert raw.split("\n")[metadata.number.line - 1].strip() == metadata.number.value
