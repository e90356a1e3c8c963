"""Matching against hand-made profiles."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.records import Document
from eval.questions import DATA
from qa.match import match
from qa.profile import profile_from_json, profile_from_text, profile_to_json

PROFILES = DATA / "profiles_gold.jsonl"
_GAINS = {"fits": 2, "possible": 1}
_DAY = date(2024, 6, 30)


# Right ones, and of how many.
Share = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MatchMetrics:
    """Agreement with the labels, over all profiles.

    Attributes:
        profiles: How many.
        shown: Measures shown as fitting or possible that are labelled, of those shown.
        labelled: Labelled measures that are shown, of those labelled.
        strong: Grade-2 measures that are shown, of those labelled.
        first_shown: Profiles whose first measure shown has grade 2, of those with such a measure.
        refused: Measures labelled as not to be had that are shown as fitting, of those labelled so.
        drawn: Profile fields drawn from a sentence exactly as labelled, of all.
        errors: One line a disagreement.
    """

    profiles: int
    shown: Share
    labelled: Share
    strong: Share
    first_shown: Share
    refused: Share
    drawn: Share
    errors: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of measures shown that are labelled; 1 where none is shown."""
        right, n = self.shown
        return right / n if n else 1.0

    @property
    def recall(self) -> float:
        """Share of labelled measures that are shown; 1 where none is labelled."""
        right, n = self.labelled
        return right / n if n else 1.0


def measure_matching(documents: tuple[Document, ...], path: Path = PROFILES) -> MatchMetrics:
    """Matches every labelled profile."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    shown = right = labelled = strong = strong_found = wrong = forbidden = 0
    firsts: list[bool] = []
    fields: list[bool] = []
    errors: list[str] = []
    for row in rows:
        profile = profile_from_json(row["profile"])
        if row["text"]:
            drawn = profile_to_json(profile_from_text(row["text"]))
            fields += _compare(row, drawn, errors)
        results = [m for m in match(documents, profile, _DAY).matches if m.verdict in _GAINS]
        ids = [m.measure.measure_id for m in results]
        gold = row["measures"]
        shown, right, labelled = (
            shown + len(ids),
            right + sum(i in gold for i in ids),
            labelled + len(gold),
        )
        best = {i for i, grade in gold.items() if grade == 2}
        strong, strong_found = strong + len(best), strong_found + len(best & set(ids))
        fitting = {m.measure.measure_id for m in results if m.verdict == "fits"}
        wrong += len(fitting & set(row["not"]))
        forbidden += len(row["not"])
        if best:
            firsts.append(bool(ids) and ids[0] in best)
        errors.append(
            f"{row['pid']} {row['text'] or row['profile']}: missed "
            f"{[(i, g) for i, g in gold.items() if i not in ids]} extra "
            f"{[(i, m.verdict) for i, m in zip(ids, results, strict=True) if i not in gold]}"
            f" WRONG {sorted(fitting & set(row['not']))}"
        )
    return MatchMetrics(
        profiles=len(rows),
        shown=(right, shown),
        labelled=(right, labelled),
        strong=(strong_found, strong),
        first_shown=(sum(firsts), len(firsts)),
        refused=(wrong, forbidden),
        drawn=(sum(fields), len(fields)),
        errors=tuple(errors),
    )


def _compare(row: dict[str, Any], drawn: dict[str, Any], errors: list[str]) -> list[bool]:
    results = []
    for name in ("industry", "size", "qualifications", "founded", "needs"):
        want, have = row["profile"].get(name), drawn[name]
        same = set(want or ()) == set(have) if isinstance(have, list) else want == have
        results.append(same)
        if not same:
            errors.append(f"{row['pid']} {row['text']}: {name} {have} for {want}")
    return results
