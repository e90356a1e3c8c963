"""The report's section on one set of questions."""

from eval.figures import SetFigures
from eval.metrics import Estimate
from eval.retrieval import LABELS
from eval.tables import table

_GROUPS = {
    "all": "All answerable questions",
    "no_shared_word": "Questions that share no content word with their best clause",
}


def section(figures: SetFigures) -> list[str]:
    """Markdown lines on one set of questions."""
    return [
        "",
        f"## {figures.name} (n = {figures.n})",
        "",
        f"{len(figures.noted)} of these questions stand word for word among the noted and "
        f"background questions ({', '.join(figures.noted) or 'none'}), {figures.fitted} among "
        "those that the shipped weights were fitted on.",
        "",
        "### Retrieval",
        "",
        f"![Retrievers]({figures.name}.retrievers.png)",
        *_retrieval(figures),
        "",
        "### Silence",
        *_silence(figures),
        "",
        "### Answers",
        *_answers(figures),
    ]


def _retrieval(figures: SetFigures) -> list[str]:
    lines: list[str] = []
    for group, retrievers in figures.retrieval.groups.items():
        measures = list(next(iter(retrievers.values())))
        n = next(iter(next(iter(retrievers.values())).values())).n
        lines += ["", f"{_GROUPS.get(group, group)}, n = {n}:", ""]
        lines += table(
            ("Retriever", *measures),
            [(LABELS[name], *of.values()) for name, of in retrievers.items()],
        )
    lines += ["", "Full ranking less the other, paired by question, all:", ""]
    differences = figures.retrieval.differences
    rows = [(LABELS[name], *map(_signed, of.values())) for name, of in differences.items()]
    return lines + table(("Other", *measures), rows)


def _silence(figures: SetFigures) -> list[str]:
    lines = []
    for title, rows in (
        ("Unanswerable questions by style (right: related or not found)", figures.unanswerable),
        ("Answerable questions by persona (right: answered)", figures.answerable),
    ):
        cells = [(r.kind, r.n, r.answered, r.related, r.not_found) for r in rows]
        head = ("Kind", "n", "answered", "related", "not found")
        lines += ["", f"{title}:", "", *table(head, cells)]
    lines += ["", "AUROC of answerable against unanswerable questions: "]
    lines[-1] += "; ".join(
        f"{name.replace('_', ' ')} {value or 'not defined'}"
        for name, value in figures.auroc.items()
    )
    lines[-1] += " (with rules: a question that a rule refuses counts as probability 0)."
    points = [(f"{c:.2f}", p) for c, p in figures.coverages.items()]
    points.append(("as decided", figures.decided))
    cells_at = [
        (
            name,
            f"{p.coverage:.3f}",
            "by fold" if p.threshold is None else f"{p.threshold:.3f}",
            f"{p.risk:.3f}",
            f"{p.claimed:.3f}",
        )
        for name, p in points
    ]
    head = ("Asked coverage", "coverage", "threshold", "risk", "unanswerable claimed")
    return [
        *lines,
        "",
        "Coverage is the share of the answerable questions that are answered at a threshold; risk "
        "is the share of wrong answers among all that are answered (unanswerable, or first measure "
        "without grade 2):",
        "",
        *table(head, cells_at),
    ]


def _answers(figures: SetFigures) -> list[str]:
    answers = figures.answers
    rows: list[tuple[str, Estimate | None]] = [
        ("required facts in the quotes of the first three citations", answers.facts_quoted),
        ("… in their quotes or titles", answers.facts_shown),
        ("… anywhere in the clauses cited", answers.facts_cited),
        ("exactly the required units, in order, named by the first citation", answers.units_first),
        ("… of questions whose first citation is the best record", answers.units_best),
    ]
    rows += [(f"all right: {group}", value) for group, value in figures.right.items()]
    return [
        "",
        "Facts: mean share per answerable question, literal match, 0 where it is refused. All "
        "right: a labelled question is answered with a grade-2 record first; an unanswerable one "
        "is not claimed as answered.",
        "",
        *table(("Share", "value", "n"), [(t, v or "–", v.n if v else 0) for t, v in rows]),
    ]


def _signed(value: Estimate) -> str:
    return f"{value.mean:+.3f} [{value.low:+.3f}, {value.high:+.3f}]"
