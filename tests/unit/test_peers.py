import importlib.util
import sys
from collections.abc import Sequence

import numpy as np
import pytest

from corpus.errors import UsageError
from eval.metrics import POLICY_MEASURES
from eval.peers.comparison import DEPTH, Loaded, compare, load, time_searches
from eval.peers.protocol import Peer
from eval.peers.registry import BASELINE, ENTRIES, FULL, Entry
from eval.peers.report import section
from eval.peers.significance import RESOLUTION, difference
from eval.questions import LabelledQuestion

TEXTS = (
    "企业培育。上规升级奖励。首次升规的工业企业给予一次性奖励20万元",
    "招商引资。外资奖励。实到外资按比例给予奖励",
    "稳岗就业。社保补贴。招用高校毕业生的小微企业给予社保补贴",
)
IDS = ("m0", "m1", "m2")


class FakePeer:
    def __init__(self, name: str, order: Sequence[int], calls: list[str] | None = None) -> None:
        self.name = name
        self._order = list(order)
        self._calls = calls if calls is not None else []

    def index(self, texts: Sequence[str]) -> None:
        assert len(texts) == len(self._order)

    def search(self, query: str, depth: int) -> list[int]:
        self._calls.append(f"{self.name} {query}")
        return self._order[:depth]


def ready(peer: Peer) -> Loaded:
    return Loaded(Entry(peer.name, "fake", "FakePeer"), peer, 0.5)


def question(qid: str, relevant: dict[str, int]) -> LabelledQuestion:
    return LabelledQuestion(qid, f"问题{qid}", "business", "lay", relevant, (), ())


QUESTIONS = tuple(question(f"q{i}", {"m0": 2, "m1": 1}) for i in range(12))


def test_quality_and_difference_are_per_measure() -> None:
    good, bad = FakePeer("good", (0, 1, 2)), FakePeer("bad", (2, 1, 0))
    rows = compare([ready(good), ready(bad)], IDS, QUESTIONS, baseline="good", rounds=1)
    assert [row.loaded.entry.name for row in rows] == ["good", "bad"]
    assert {n: e.mean for n, e in rows[0].quality.items()} == dict.fromkeys(POLICY_MEASURES, 1.0)
    assert rows[1].quality["P@1"].mean == 0
    assert rows[1].quality["RR@10"].mean == pytest.approx(1 / 3)
    assert rows[1].quality["R@5"].mean == 1
    assert rows[1].difference["P@1"].estimate.mean == -1
    assert rows[1].difference["P@1"].p == pytest.approx(RESOLUTION)
    assert rows[0].difference["P@1"].p == 1
    assert rows[1].difference["R@5"].p == 1


def test_nothing_found_counts_nothing() -> None:
    good, mute = FakePeer("good", (0, 1, 2)), FakePeer("mute", ())
    rows = compare([ready(good), ready(mute)], IDS, QUESTIONS, baseline="good", rounds=1)
    assert {e.mean for e in rows[1].quality.values()} == {0.0}


def test_retrievers_take_turns_and_each_begins_once() -> None:
    calls: list[str] = []
    peers = [FakePeer(name, (0,), calls) for name in "abc"]
    times = time_searches(peers, ["x", "y", "z"], rounds=2)
    assert times.shape == (3, 6)
    assert (times >= 0).all()
    assert calls[:9] == ["a x", "b x", "c x", "b y", "c y", "a y", "c z", "a z", "b z"]


def test_difference_is_signed_and_deterministic() -> None:
    generator = np.random.default_rng(0)
    low = generator.random(80)
    high = low + generator.normal(0.2, 0.3, 80)
    found = difference(high, low)
    assert found == difference(high, low)
    assert found.estimate.mean > 0
    assert found.p < 0.01
    assert difference(low, high).p == found.p
    assert difference(low, generator.permutation(low)).p > 0.05


def test_missing_package_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "eval.peers.tantivy_peer", raising=False)
    (missing,) = load([Entry("engine", "tantivy_peer", "TantivyNgrams", ("tantivy",))], TEXTS)
    assert missing.peer is None
    assert missing.missing == "tantivy"
    good = ready(FakePeer("good", (0, 1, 2)))
    rows = compare([good, missing], IDS, QUESTIONS, baseline="good", rounds=1)
    text = section("Title", "good", [good, missing], rows)
    assert "not installed (tantivy)" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} == {len(POLICY_MEASURES) + 6, 6}


def test_registry_names_are_unique_and_modules_exist() -> None:
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert BASELINE in ENTRIES
    assert all(importlib.util.find_spec(f"eval.peers.{entry.module}") for entry in ENTRIES)


@pytest.mark.parametrize(
    "entry", [e for e in ENTRIES if e not in (FULL, BASELINE)], ids=lambda entry: entry.name
)
def test_peer_finds_the_text(entry: Entry) -> None:
    try:
        peer = entry.load()
    except ModuleNotFoundError as error:
        pytest.skip(f"{error.name} is not installed")
    peer.index(TEXTS)
    assert peer.name == entry.name
    assert peer.search("小微企业招用高校毕业生有社保补贴吗", DEPTH)[0] == 2
    assert peer.search("实到外资奖励", DEPTH)[0] == 1
    assert len(peer.search("企业奖励补贴给予", 1)) <= 1
    for odd in ("", "%", '"a" OR * (b:c) -', "啊"):
        assert set(peer.search(odd, DEPTH)) <= {0, 1, 2}


def test_huiwen_refuses_other_texts() -> None:
    peer = BASELINE.load()
    with pytest.raises(UsageError, match="3 texts"):
        peer.index(TEXTS)
