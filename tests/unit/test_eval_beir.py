import json
from pathlib import Path

import pytest

from corpus.errors import MissingFileError, UsageError
from eval.beir import read_benchmark
from eval.cli import main
from eval.runs import write_qrels, write_run

_CORPUS = [
    {"_id": "d1", "title": "企业研发补助", "text": "研发投入按比例补助，最高200万元。"},
    {"_id": "d2", "title": "", "text": "新能源汽车购置给予充电补贴。"},
    {"_id": "d3", "text": "大学生租房每月补贴。"},
]
_QUERIES = [{"_id": "q1", "text": "研发补助最高多少"}, {"_id": "q2", "text": "租房补贴"}]
_QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t2\nq2\td2\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "tiny"
    (root / "qrels").mkdir(parents=True)
    _write(root / "corpus.jsonl", _CORPUS)
    _write(root / "queries.jsonl", _QUERIES)
    (root / "qrels" / "test.tsv").write_text(_QRELS, "utf-8")
    return root


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_a_folder_is_read(folder: Path) -> None:
    benchmark = read_benchmark(folder)
    assert [p.passage_id for p in benchmark.passages] == ["d1", "d2", "d3"]
    assert benchmark.queries == {"q1": "研发补助最高多少", "q2": "租房补贴"}
    assert benchmark.qrels == {"q1": {"d1": 1}, "q2": {"d3": 2, "d2": 0}}


def test_labels_may_lie_beside_the_corpus(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").rename(folder / "qrels.tsv")
    assert read_benchmark(folder).qrels["q1"] == {"d1": 1}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(MissingFileError, match=name.replace(".", r"\.")):
        read_benchmark(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="nowhere"):
        read_benchmark(tmp_path / "nowhere")


def test_a_missing_split_names_the_others(folder: Path) -> None:
    with pytest.raises(MissingFileError, match="splits test"):
        read_benchmark(folder, "dev")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n{"_id": 1\n', "line 2"),
        ("corpus.jsonl", '{"_id": "d1"}\n', "line 1.*text"),
        ("corpus.jsonl", "[]\n", "line 1"),
        ("corpus.jsonl", '{"_id": "a", "text": ""}\n' * 2, "line 2.*twice"),
        ("corpus.jsonl", "", "no passage"),
        ("queries.jsonl", '{"_id": "q1", "text": 3}\n', "line 1"),
        ("queries.jsonl", '{"_id": "q1", "text": "a"}\n', "'q2' is not in"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1 d1 1\n", "line 2.*tabs"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\thigh\n", "line 2"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "no query has a relevant"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t0\n", "no query has a relevant"),
    ],
)
def test_a_bad_file_is_one_clear_error(folder: Path, name: str, content: str, message: str) -> None:
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(UsageError, match=message):
        read_benchmark(folder)


def test_a_file_that_is_no_text_is_one_clear_error(folder: Path) -> None:
    (folder / "corpus.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        read_benchmark(folder)


def test_a_benchmark_is_run(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    assert main(["--beir", str(folder), "--out", str(out), "--top-k", "2"]) == 0
    report = (out / "report.md").read_text("utf-8")
    assert "3 passages, 2 queries" in report
    run = (out / "tiny.lexical.run").read_text("utf-8").splitlines()
    assert run[0].split()[:4] == ["q1", "Q0", "d1", "1"]
    assert len(run) <= 4
    metrics = json.loads((out / "metrics.json").read_text("utf-8"))
    assert metrics["figures"]["lexical"]["P@1"]["mean"] == 1
    assert (out / "tiny.retrievers.png").stat().st_size > 0


def test_an_impossible_depth_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="top-k"):
        main(["--beir", str(folder), "--top-k", "0"])


def test_a_benchmark_takes_no_policy_option(folder: Path) -> None:
    with pytest.raises(UsageError, match="--beir goes with"):
        main(["--beir", str(folder), "--shipped"])


def test_run_files_have_trec_form(tmp_path: Path) -> None:
    write_run(tmp_path / "run", "huiwen", {"q 1": ["b", "a"]})
    write_qrels(tmp_path / "qrels", {"q 1": {"a": 2}})
    assert (tmp_path / "run").read_text() == "q%201 Q0 b 1 2 huiwen\nq%201 Q0 a 2 1 huiwen\n"
    assert (tmp_path / "qrels").read_text() == "q%201 0 a 2\n"
