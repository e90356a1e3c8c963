"""The report's section on lookups, matching and the two years' alignment."""

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from datetime import date

from corpus.records import Document
from eval.alignment import alignment_metrics
from eval.benefits import Counts, benefit_section
from eval.lookups import LookupResult, check_lookups
from eval.matching import MatchMetrics, measure_matching
from eval.tables import table
from index.protocols import Encoder
from qa.assistant import Assistant

_Z = 1.959964  # 97.5 % quantile of the normal distribution
_LABELS = (
    "One writer made the labels blind to the code; no second one has checked them. The code was "
    "then improved with them in view, so the figures flatter."
)
_KINDS = {
    "lookup": "clauses by number",
    "unit_list": "an office's measures",
    "section_list": "a section's measures",
    "compare": "two years' numbers",
    "budget": "budget sums",
    "target": "targets",
    "multi": "several questions in one",
    "slogan": "what a term means",
}


def structured_section(documents: Sequence[Document], assistant: Assistant) -> str:
    """Markdown on everything that is answered from records rather than by ranking.

    Args:
        documents: The shipped documents, which the labels are of.
        assistant: Answers from them.
    """
    lines = [
        "## Structured answers",
        "",
        "Shares in brackets: 95 % Wilson intervals.",
        "",
        *_lookups(check_lookups(assistant)),
        "",
        *_matching(measure_matching(tuple(documents))),
        "",
        *_alignment(documents, assistant.library.encoder),
        "",
        benefit_section(documents),
    ]
    return "\n".join(lines)


def wilson(right: int, n: int) -> tuple[float, float]:
    """95 % score interval of a share.

    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209–212.

    Args:
        right: Successes, 0 to n.
        n: Trials, at least 1.
    """
    share, z = right / n, _Z * _Z / n
    middle, half = share + z / 2, _Z * math.sqrt(share * (1 - share) / n + z / (4 * n))
    return max(0.0, (middle - half) / (1 + z)), min(1.0, (middle + half) / (1 + z))


def _share(right: int, n: int) -> str:
    """A share with its interval; a dash where there is nothing to share."""
    if not n:
        return "–"
    low, high = wilson(right, n)
    return f"{right / n:.3f} [{low:.2f}, {high:.2f}]"


def _lookups(results: Sequence[LookupResult]) -> list[str]:
    asked = Counter(result.kind for result in results)
    right = Counter(result.kind for result in results if result.right)
    counts = {name: (right[kind], asked[kind]) for kind, name in _KINDS.items()}
    counts["all"] = right.total(), asked.total()
    rows = [(name, k, n, _share(k, n)) for name, (k, n) in counts.items()]
    wrong = ", ".join(r.qid for r in results if not r.right) or "none"
    return [
        "### Lookups",
        "",
        *table(("Asked for", "right", "n", "share"), rows),
        "",
        f"Wrong: {wrong}. {_LABELS}",
    ]


def _matching(found: MatchMetrics) -> list[str]:
    shares = {
        "measures shown that are labelled (precision)": found.shown,
        "labelled measures that are shown (recall)": found.labelled,
        "concrete benefits (grade 2) that are shown": found.strong,
        "firms whose first measure has grade 2, of those with any": found.first_shown,
        "profile fields drawn from the sentence as labelled": found.drawn,
        "labelled as not to be had, yet shown as fitting": found.refused,
    }
    rows = [(name, right, n, _share(right, n)) for name, (right, n) in shares.items()]
    return [
        f"### Matching ({found.profiles} firms)",
        "",
        *table(("", "k", "n", "share"), rows),
        "",
        f"Measures of one firm hang together, so these intervals are too narrow. {_LABELS}",
    ]


def _alignment(documents: Sequence[Document], encoder: Encoder) -> list[str]:
    found = alignment_metrics(documents, encoder)
    rows = {
        "pairs": found.pairs,
        "pairs, new and dropped": found.rows,
        "pairs without doubtful ones": found.sure_pairs,
        "pairs, new and dropped, without doubtful ones": found.sure_rows,
    }
    return [
        "### Alignment of the two years",
        "",
        *table(("", "precision", "recall", "F1"), [(n, *_figures(c)) for n, c in rows.items()]),
        "",
        f"{_LABELS} Weights and thresholds were chosen on these very rows "
        "(`python -m eval.alignment` prints the grid).",
    ]


def _figures(counts: Counts) -> tuple[str, str, str]:
    precision = _share(counts.correct, counts.found)
    return precision, _share(counts.correct, counts.labelled), f"{counts.f1:.3f}"


def main() -> None:
    """Prints the section."""
    from corpus.reader import load_corpus
    from qa.library import open_library

    argparse.ArgumentParser(prog="python -m eval.structured", description=__doc__).parse_args()
    print(f"{date.today().isoformat()}\n")
    print(structured_section(load_corpus(), Assistant(open_library())))


if __name__ == "__main__":
    main()
