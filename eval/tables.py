"""Markdown tables."""

from collections.abc import Sequence


def table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> list[str]:
    """Lines of a Markdown table; the first column is text, the others are figures."""
    lines = [_row(head), _row([":--", *["--:"] * (len(head) - 1)])]
    return lines + [_row(row) for row in rows]


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
