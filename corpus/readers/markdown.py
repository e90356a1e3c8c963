"""Markdown: its marks are taken off, line by line; the wording stays."""

import re
from collections.abc import Iterator

from corpus.readers.guard import guard, no_text
from corpus.readers.text import decode
from corpus.readers.wording import join_lines, join_row

_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULE = re.compile(r"^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_HEADING = re.compile(r"^\s*#{1,6}\s+(.*?)(?:\s+#+)?\s*$")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*\S+")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_BLANKS = re.compile(r"[ \t]{2,}")
# In the order in which they are taken off; a link's text may be emphasised, so links come first.
# No pattern may run past where it could begin again, or hostile lines would take hours.
_INLINE = (
    (re.compile(r"!\[([^\[\]\n]*)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    # What is struck out is no longer part of the text, as in a docx' tracked changes.
    (re.compile(r"~~[^~\n]+~~|<(del|s)>[^<\n]*</\1>", re.IGNORECASE), ""),
    (re.compile(r"</?[a-zA-Z][^<>\n]*>"), ""),
    (re.compile(r"(?<!\\)(\*\*\*|\*\*|\*)(?=\S)([^\n*]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\\\w])(___|__|_)(?=\S)([^\n]{1,200}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<!`)(`{1,3})([^`\n]+)\1"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


class MarkdownReader:
    """Markdown: headings, emphasis and links become their text, tables rows, numbers stay."""

    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes) -> str:
        """Decodes Markdown.

        Raises:
            UnreadableFileError: The bytes are not text, or there is none in them.
        """
        with guard("Markdown"):
            raw = decode(data).replace("\r\n", "\n").replace("\r", "\n")
            text = join_lines(_lines(_without_comments(_FRONT_MATTER.sub("", raw))))
        if not text:
            raise no_text("Markdown")
        return text


def _without_comments(text: str) -> str:
    parts: list[str] = []
    place = 0
    while (begin := text.find("<!--", place)) >= 0:
        end = text.find("-->", begin)
        if end < 0:
            break
        parts.append(text[place:begin])
        place = end + len("-->")
    return "".join(parts) + text[place:]


def _lines(text: str) -> Iterator[str]:
    in_fence = in_table = False
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if _FENCE.match(line):
            in_fence = not in_fence
        elif in_fence:
            yield line
        elif in_table and _TABLE_RULE.match(line):
            continue
        else:
            # GitHub's rule: a table is what has a ruled line under its first row.
            starts_table = "|" in line and "-" in following and bool(_TABLE_RULE.match(following))
            in_table = "|" in line and (in_table or starts_table)
            yield from _row(line) if in_table else _plain(line)


def _row(line: str) -> Iterator[str]:
    inner = re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|"))
    yield join_row([" ".join(_plain(cell)) for cell in _CELL_BORDER.split(inner)])


def _plain(line: str) -> Iterator[str]:
    line = _BLANKS.sub(" ", _QUOTE.sub("", line))
    if _RULE.match(line) or _DEFINITION.match(line):
        return
    if heading := _HEADING.match(line):
        line = heading[1]
    for piece in _BREAK.sub("\n", _BULLET.sub("", line)).split("\n"):
        for pattern, replacement in _INLINE:
            piece = pattern.sub(replacement, piece)
        yield piece
