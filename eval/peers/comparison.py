"""Runs retrievers side by side over the same questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from tqdm import tqdm

from eval.metrics import POLICY_MEASURES, Estimate, Vector, estimate, per_query
from eval.peers.protocol import Peer
from eval.peers.registry import Entry
from eval.peers.significance import Difference, difference
from eval.questions import LabelledQuestion

# The measures look no deeper.
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Loaded:
    """A retriever that is ready, or why it is not.

    Attributes:
        entry: What was loaded.
        peer: The retriever, or None where a package is missing.
        index_seconds: Time to index.
        missing: Name of the missing package.
    """

    entry: Entry
    peer: Peer | None
    index_seconds: float = 0.0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A retriever's figures on one set of questions.

    Attributes:
        loaded: The retriever.
        quality: By measure.
        difference: By measure, to the baseline.
        median: Median milliseconds per query.
        p95: 95th percentile.
    """

    loaded: Loaded
    quality: Mapping[str, Estimate]
    difference: Mapping[str, Difference]
    median: float
    p95: float


def load(entries: Iterable[Entry], texts: Sequence[str]) -> list[Loaded]:
    """Loads and indexes; imports and dictionaries are not in the index time."""
    loaded = []
    for entry in entries:
        try:
            peer = entry.load()
        except ModuleNotFoundError as error:
            loaded.append(Loaded(entry, None, missing=error.name or str(error)))
            continue
        start = perf_counter()
        peer.index(texts)
        loaded.append(Loaded(entry, peer, perf_counter() - start))
    return loaded


def compare(
    loaded: Sequence[Loaded],
    measure_ids: Sequence[str],
    questions: Sequence[LabelledQuestion],
    *,
    baseline: str,
    rounds: int,
) -> list[Row]:
    """Judges and times retrievers.

    Args:
        loaded: Retrievers; those with a missing package are left out.
        measure_ids: Ids of the texts that they indexed.
        questions: Answerable questions.
        baseline: Name of the retriever that the others are compared with.
        rounds: How often each question is timed.
    """
    ready = [(item, item.peer) for item in loaded if item.peer is not None]
    # This pass also warms everything up.
    values = {peer.name: _judge(peer, measure_ids, questions) for _, peer in ready}
    times = time_searches([peer for _, peer in ready], [q.question for q in questions], rounds)
    return [
        Row(
            loaded=item,
            quality={name: estimate(found) for name, found in values[peer.name].items()},
            difference={
                name: difference(found, values[baseline][name])
                for name, found in values[peer.name].items()
            },
            median=float(np.median(taken)),
            p95=float(np.percentile(taken, 95)),
        )
        for (item, peer), taken in zip(ready, times, strict=True)
    ]


def time_searches(peers: Sequence[Peer], queries: Sequence[str], rounds: int) -> Vector:
    """Milliseconds per search, shape (peers, rounds · queries).

    Retrievers take turns at each query, so that a busy moment strikes all of them, and the one
    that begins changes from query to query.
    """
    times = np.empty((len(peers), rounds * len(queries)))
    turns = [query for _ in range(rounds) for query in queries]
    for turn, query in enumerate(tqdm(turns, desc="timing")):
        for step in range(len(peers)):
            number = (turn + step) % len(peers)
            start = perf_counter()
            peers[number].search(query, DEPTH)
            times[number, turn] = 1000 * (perf_counter() - start)
    return times


def _judge(
    peer: Peer, measure_ids: Sequence[str], questions: Sequence[LabelledQuestion]
) -> dict[str, Vector]:
    ranked = {q.qid: [measure_ids[i] for i in peer.search(q.question, DEPTH)] for q in questions}
    values = per_query(POLICY_MEASURES, {q.qid: q.relevant for q in questions}, ranked)
    return {name: np.array(list(by_query.values())) for name, by_query in values.items()}
