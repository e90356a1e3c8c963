"""`huiwen corpus`: users' documents from the file to the answer."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.cli import main
from tests.shelves import text
from tests.support import ROOT

Output = pytest.CaptureFixture[str]
_TEXT = """苍南县人才若干政策
为加快人才集聚，制定本政策。
一、人才引进
1.支持引进博士。对新引进到苍南工作的博士，给予每人30万元安家补助。（责任单位：县人力社保局）
2.购房补贴。给予硕士购房补贴20万元。（责任单位：县住建局）
二、渔业发展
3.支持远洋渔业。对新建远洋渔船，每艘奖励50万元。（责任单位：县海洋与渔业局）
4.服务业小升规。对首次实现小升规的服务业企业，给予8万元奖励。（责任单位：县发改局）
本政策自2024年1月1日起施行，有效期至2026年12月31日。
"""
_QUESTION = "远洋渔船有奖励吗"
_DAY = ("--as-of", "2024-06-30")


@pytest.fixture
def own_home(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, library: object
) -> Iterator[Path]:
    """A data folder of this test with the shipped documents' index in it."""
    assert library is not None
    folder = tmp_path / "home"
    shutil.copytree(home / "index", folder / "index")
    monkeypatch.setenv("HUIWEN_HOME", str(folder))
    yield folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "苍南人才.txt"
    path.write_text(_TEXT, "utf-8")
    return path


def _ask(capsys: Output, question: str, *options: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["ask", question, *_DAY, "--json", *options]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def _cited(answer: dict[str, object]) -> list[str]:
    citations = answer["citations"]
    assert isinstance(citations, list)
    return [citation["measure_id"] for citation in citations]


def _listed(capsys: Output) -> list[str]:
    capsys.readouterr()
    assert main(["corpus", "list", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [row["document_id"] for row in rows if row["source"] == "added"]


@pytest.mark.usefixtures("own_home")
def test_a_document_is_added_asked_replaced_and_removed(file: Path, capsys: Output) -> None:
    before = _ask(capsys, _QUESTION)
    assert not any(i.startswith("cangnan") for i in _cited(before))

    assert main(["corpus", "add", str(file), "--yes", "--region", "苍南县", "--year", "2024"]) == 0
    assert "→ cangnan-2024  4条  《苍南县人才若干政策》" in capsys.readouterr().out
    answer = _ask(capsys, _QUESTION)
    assert (answer["status"], _cited(answer)[0]) == ("answered", "cangnan-2024:3")
    assert "每艘奖励50万元" in str(answer["text"])
    assert _cited(_ask(capsys, "苍南服务业企业首次小升规有奖励吗"))[0] == "cangnan-2024:4"

    file.write_text(_TEXT.replace("50万元", "66万元"), "utf-8")
    assert main(["corpus", "replace", "cangnan-2024", str(file), "--yes"]) == 0
    answer = _ask(capsys, _QUESTION)
    assert "66万元" in str(answer["text"])
    assert not any(i.startswith("cangnan-2024:") for i in _cited(answer))
    old = _ask(capsys, _QUESTION, "--document", "cangnan-2024")
    assert _cited(old)[0] == "cangnan-2024:3"
    assert "50万元" in str(old["text"])
    assert "已被新版本（cangnan-2024-v2）替代" in str(old["text"])

    assert main(["corpus", "remove", "cangnan-2024-v2", "--all-versions", "--yes"]) == 0
    assert _listed(capsys) == []
    assert _ask(capsys, _QUESTION) == before


@pytest.mark.usefixtures("own_home")
def test_a_question_that_names_a_place_is_answered_from_its_documents(
    file: Path, capsys: Output
) -> None:
    main(["corpus", "add", str(file), "--yes", "--region", "苍南县"])
    for question, prefix in [
        ("苍南县首次小升规奖多少", "cangnan"),
        ("乐清首次小升规奖多少", "leqing"),
        ("从苍南来乐清开厂，小升规奖多少", "leqing"),
    ]:
        assert all(i.startswith(prefix) for i in _cited(_ask(capsys, question))), question
    both = {i.split("-")[0] for i in _cited(_ask(capsys, "乐清和苍南的小升规奖励哪个高"))}
    assert both == {"leqing", "cangnan"}
    elsewhere = _ask(capsys, "瑞安的海外仓补贴有多少")
    assert elsewhere["reason"] == "other_region"
    assert "乐清市、苍南县" in str(elsewhere["text"])


@pytest.mark.usefixtures("own_home")
def test_a_document_of_unknown_place_and_year_is_served_too(file: Path, capsys: Output) -> None:
    unknown = ("--region", "-", "--year", "-", "--status", "未载明")
    assert main(["corpus", "add", str(file), "--yes", "--id", "x", *unknown]) == 0
    assert "地区未知  年度未知  未载明" in capsys.readouterr().out
    for question in (_QUESTION, "乐清远洋渔船有奖励吗", "2023年远洋渔船有奖励吗", "第3条"):
        answer = _ask(capsys, question)
        assert "x:3" in _cited(answer), question
        assert "None" not in str(answer["text"])
    assert main(["ask", _QUESTION, "--year", "2030"]) == 2
    assert "there are 2024, 2023\n" in capsys.readouterr().err


@pytest.mark.usefixtures("own_home")
def test_shipped_answers_do_not_change_with_other_documents(file: Path, capsys: Output) -> None:
    questions = ["服务业企业首次小升规有奖励吗", "海外仓有扶持吗", "今天天气怎么样"]
    before = [_ask(capsys, question, "--document", "leqing-2024") for question in questions]
    main(["corpus", "add", str(file), "--yes"])
    assert [_ask(capsys, q, "--document", "leqing-2024") for q in questions] == before


@pytest.mark.usefixtures("own_home")
def test_without_yes_and_terminal_the_proposal_is_shown_and_nothing_added(
    file: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["corpus", "add", str(file)]) == 2
    output = capsys.readouterr()
    assert "标题：苍南县人才若干政策（原文载明，第1行" in output.out
    assert "Add --yes" in output.err
    assert _listed(capsys) == []


@pytest.mark.usefixtures("own_home")
def test_a_person_at_a_terminal_is_asked(
    file: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        def __init__(self, line: str) -> None:
            self._line = line

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return self._line

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert main(["corpus", "add", str(file)]) == 2
    assert _listed(capsys) == []
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert main(["corpus", "add", str(file), "--id", "a"]) == 0
    assert _listed(capsys) == ["a"]


@pytest.mark.usefixtures("own_home")
def test_fields_that_are_given_go_before_what_the_text_says(file: Path, capsys: Output) -> None:
    given = ["--title", "甲", "--number", "苍政发〔2024〕1号", "--issuer", "苍南县人民政府"]
    given += ["--year", "2025", "--issued", "2025-02-03", "--term-end", "-", "--status", "正式印发"]
    assert main(["corpus", "add", str(file), "--yes", "--id", "a", *given]) == 0
    capsys.readouterr()
    assert main(["corpus", "show", "a", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["title"], row["number"], row["issuer"], row["year"], row["issued"]) == (
        *("甲", "苍政发〔2024〕1号", "苍南县人民政府", 2025, "2025-02-03"),
    )
    assert row["status"] == "正式印发"
    assert "term_end" not in row
    assert "term_quote" not in row


@pytest.mark.usefixtures("own_home")
def test_a_duplicate_is_named_and_the_exit_status_tells(file: Path, capsys: Output) -> None:
    assert main(["corpus", "add", str(file), "--yes", "--id", "a"]) == 0
    assert main(["corpus", "add", str(file), "--yes", "--id", "b"]) == 1
    assert "holds this very text as a" in capsys.readouterr().err
    shipped = ROOT / "corpus" / "documents" / "leqing-2023-no6-issued.txt"
    assert main(["corpus", "add", str(shipped), "--yes"]) == 1
    assert "as leqing-2023" in capsys.readouterr().err
    file.write_text(_TEXT + "附则。\n", "utf-8")
    assert main(["corpus", "add", str(file), "--yes", "--id", "b"]) == 0
    assert "% the same as a" in capsys.readouterr().out
    assert _listed(capsys) == ["a", "b"]


@pytest.mark.usefixtures("own_home")
def test_a_folder_is_added_and_its_bad_files_are_listed_at_the_end(
    tmp_path: Path, capsys: Output
) -> None:
    folder = tmp_path / "folder"
    (folder / "deeper").mkdir(parents=True)
    (folder / "one.txt").write_text(text(1), "utf-8")
    (folder / "deeper" / "two.txt").write_text(text(2), "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (folder / ".hidden.txt").write_text(text(3), "utf-8")
    assert main(["corpus", "add", str(folder), "--yes", "--region", "苍南县"]) == 1
    output = capsys.readouterr()
    assert sum(line.startswith("✓ ") for line in output.out.splitlines()) == 2
    bad = [line for line in output.err.splitlines() if line.startswith("✗ ")]
    assert ["empty.txt" in bad[0], "picture.png" in bad[1], len(bad)] == [True, True, 2]
    assert "2 of 4 files added" in output.err
    assert _listed(capsys) == ["two", "one"]


@pytest.mark.usefixtures("own_home")
@pytest.mark.parametrize(
    "words",
    [
        ["add", "none.txt", "--yes"],
        ["add", "FILE", "--yes", "--id", "A:b"],
        ["add", "FILE", "--yes", "--id", "leqing-2024"],
        ["add", "FILE", "FOLDER", "--yes", "--title", "x"],
        ["add", "FILE", "--yes", "--title", "-"],
        ["add", "EMPTY", "--yes"],
        ["replace", "none", "FILE", "--yes"],
        ["replace", "leqing-2024", "FILE", "--yes"],
        ["remove", "none", "--yes"],
        ["show", "none"],
        ["export", "--document", "none"],
        ["check", "none.txt"],
    ],
)
def test_unusable_arguments_end_with_2_and_change_nothing(
    words: list[str], file: Path, tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "EMPTY").mkdir()
    (tmp_path / "FOLDER").mkdir()
    (tmp_path / "FOLDER" / "x.txt").write_text(text(1), "utf-8")
    places = {
        "FILE": str(file),
        "EMPTY": str(tmp_path / "EMPTY"),
        "FOLDER": str(tmp_path / "FOLDER"),
    }
    assert main(["corpus", *(places.get(word, word) for word in words)]) == 2
    assert capsys.readouterr().err.startswith("huiwen: ")
    assert _listed(capsys) == []


@pytest.mark.parametrize("option", [["--year", "x"], ["--issued", "May"], ["--status", "y"]])
def test_malformed_options_end_with_2(option: list[str], file: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["corpus", "add", str(file), *option])
    assert caught.value.code == 2


def test_checking_a_file_adds_nothing(own_home: Path, file: Path, capsys: Output) -> None:
    assert main(["corpus", "check", str(file)]) == 0
    assert "标题：苍南县人才若干政策" in capsys.readouterr().out
    assert not (own_home / "library").exists()


@pytest.mark.usefixtures("own_home")
def test_one_document_is_exported_and_old_versions_only_by_id(file: Path, capsys: Output) -> None:
    main(["corpus", "add", str(file), "--yes", "--id", "a"])
    file.write_text(_TEXT.replace("50", "60"), "utf-8")
    main(["corpus", "replace", "a", str(file), "--yes", "--id", "b"])
    for options, expected in [
        ([], {"leqing-2024", "leqing-2023", "b"}),
        (["--document", "a"], {"a"}),
        (["--document", "leqing-2023"], {"leqing-2023"}),
    ]:
        capsys.readouterr()
        assert main(["corpus", "export", *options]) == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {row["measure_id"].split(":")[0] for row in rows} == expected


def test_a_data_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, file: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-folder").write_text("", "utf-8")
    monkeypatch.setenv("HUIWEN_HOME", str(tmp_path / "no-folder"))
    assert main(["corpus", "add", str(file), "--yes"]) == 2
    assert "set HUIWEN_HOME" in capsys.readouterr().err
