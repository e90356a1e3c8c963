import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from index.train import data
from index.train.__main__ import main
from index.train.curve import thin

QUERIES = [f"第{i}个问题怎么办" for i in range(300)]


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "lay_official/field_clauses.jsonl", [{"p": "给予补贴。", "q": ["给钱吗"]}])
    write(tmp_path / "lay_official/field_glossary.jsonl", [{"official": "补贴", "lay": ["给钱"]}])
    write(
        tmp_path / "lay_official/contrast.jsonl",
        [{"pos": "给补贴。", "q": "给吗", "neg": ["不给。"] * 3, "near_miss_q": ["何时"] * 2}],
    )
    for source in data.PAIRS:
        rows = [{"query": q, "passage": f"第{i % 7}条"} for i, q in enumerate(QUERIES)]
        write(tmp_path / f"pairs/{source}.jsonl.gz", rows)
    for source in data.TEXTS:
        (tmp_path / "text").mkdir(exist_ok=True)
        (tmp_path / f"text/{source}.txt.gz").write_bytes(
            gzip.compress("一行。\n\n二行。\n".encode())
        )
    return tmp_path


def test_about_a_tenth_of_the_queries_is_held_out() -> None:
    assert 15 < sum(map(data.is_held_out, QUERIES)) < 50


def test_the_hold_out_goes_by_the_text_alone() -> None:
    held = [q for q in QUERIES if data.is_held_out(q)]
    assert held[:3] == [q for q in reversed(QUERIES) if data.is_held_out(f" {q}\n")][-1:-4:-1]


def test_held_out_queries_are_in_no_source(folder: Path) -> None:
    corpus = data.load(folder)
    held = {query for pairs in corpus.held.values() for query, _ in pairs}
    trained = {q for groups in corpus.pairs.values() for g in groups for q in g.queries}
    assert held
    assert held.isdisjoint(trained)
    assert held | trained == set(QUERIES)


def test_every_file_read_has_its_checksum(folder: Path) -> None:
    corpus = data.load(folder)
    files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert set(corpus.sha256) == files


@pytest.mark.parametrize("missing", ["lay_official", "pairs/csl_title_abstract.jsonl.gz", "text"])
def test_missing_data_names_the_path_and_the_remedy(folder: Path, missing: str) -> None:
    (folder / missing).rename(folder / "elsewhere")
    with pytest.raises(data.MissingDataError) as error:
        data.load(folder)
    assert str(folder / missing) in str(error.value)
    assert "--data DIR" in str(error.value)


def test_the_command_reports_missing_data_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, target = tmp_path / "none", tmp_path / "model"
    monkeypatch.setattr("sys.argv", ["train", "--data", str(missing), "--out", str(target)])
    assert main() == 2
    assert capsys.readouterr().err.startswith(f"error: training data not found: {missing}")
    assert not target.exists()


def test_short_sentences_join_the_next_and_a_short_end_the_last() -> None:
    assert data.sentences("好。给予一次性的补贴。最高奖励十万元整。") == [
        "好。给予一次性的补贴。",
        "最高奖励十万元整。",
    ]
    assert data.sentences("最高十万元的补贴。完") == ["最高十万元的补贴。完"]
    assert data.sentences("") == []


def test_a_smaller_share_of_the_lay_clauses_is_part_of_a_larger_one() -> None:
    groups = [data.Group(f"第{i}条补贴", (f"问{i}",), "field") for i in range(40)]
    corpus = data.Corpus({"field": groups}, [], {}, {}, {}, {})
    half, tenth = (thin(corpus, share).lay["field"] for share in (0.5, 0.1))
    assert (len(half), len(tenth)) == (20, 4)
    assert all(group in half for group in tenth)
    assert half == [group for group in groups if group in half]
    assert thin(corpus, 1.0) == corpus
