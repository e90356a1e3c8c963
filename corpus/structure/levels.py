"""The tree of a part's clauses, and which level of it is the unit of retrieval, the measure.

The rule, first match wins:

1. 第X条, where there are any: statutes, 办法, 细则 are cited by them, through all chapters.
2. Rows of tables, where they hold half of the text or more: a list of subsidies.
3. A level below headings that is numbered through them (一、 1. 2. 二、 3. 4.).
4. The deepest level that carries the wording: its items hold half of the text or more, most are
   sentences rather than list entries (introduced by ：), and half of them have 30
   characters or more (15 where nothing but a heading stands above them).
5. The outermost level.

Clauses that have no item of that level below or above them are measures as they stand.
"""

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from corpus.structure.outline import Level, Line, Mark
from corpus.structure.tables import is_caption, read_table

LEVELS: tuple[Level, ...] = get_args(Level)
_SHORT, _SHORTEST = 30, 15


@dataclass(slots=True, eq=False)
class Node:
    """A clause: its own lines, then the clauses in it."""

    level: Level
    number: int
    lines: list[Line]
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def mark(self) -> Mark | None:
        """The number that it begins with; none for tables, rows and loose paragraphs."""
        return self.lines[0].mark if self.lines else None

    @property
    def own_end(self) -> int:
        """Offset behind the lines before the first clause in it."""
        return self.lines[-1].end if self.lines else self.start

    @property
    def end(self) -> int:
        """Offset behind everything in it."""
        return self.children[-1].end if self.children else self.own_end

    @property
    def start(self) -> int:
        """Offset of its first line."""
        return self.lines[0].start if self.lines else self.children[0].start

    @property
    def own_text(self) -> str:
        """Its lines before the first clause in it."""
        return "\n".join(line.text for line in self.lines)

    def walk(self) -> Iterator["Node"]:
        """Itself and all below, in the text's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def above(self) -> Iterator["Node"]:
        """What it stands in, innermost first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True)
class Choice:
    """The measure's level, and whether its numbers run through the part.

    Attributes:
        level: The level.
        through: Numbers never begin again, so that a number alone names a clause.
    """

    level: Level
    through: bool


def nesting(marks: Iterable[Mark]) -> dict[Level, int]:
    """Depth of each level: the usual order, but for levels that are nested the other way round.

    1. containing （一） is one such: its （一） begins anew behind each 1., 2., …
    """
    ranks = {level: rank for rank, level in enumerate(LEVELS)}
    seen = list(marks)
    pairs: list[tuple[Level, Level]] = [
        ("han", "han_bracket"),
        ("han_bracket", "arabic"),
        ("han", "arabic"),
        ("arabic", "arabic_bracket"),
    ]
    for outer, inner in pairs:
        both = [m for m in seen if m.level in (outer, inner)]
        firsts = [i for i, m in enumerate(both) if m.level == outer and m.number == 1]
        runs = [m.number for m in both if m.level == inner]
        if (
            len(firsts) > 1
            and both[0].level == inner
            and all(both[i - 1].level == inner for i in firsts)
            and runs == sorted(set(runs))
        ):
            ranks[outer], ranks[inner] = ranks[inner], ranks[outer]
    return ranks


def build(lines: Sequence[Line]) -> list[Node]:
    """The outermost clauses of a part from its first numbered line on."""
    ranks = nesting(line.mark for line in lines if line.mark)
    root = Node("part", 0, [])
    stack = [root]
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.mark:
            while len(stack) > 1 and _closes(stack[-1], line.mark, ranks):
                stack.pop()
            stack.append(_add(stack[-1], line.mark.level, line.mark.number, [line]))
        elif line.is_row:
            while stack[-1].level in ("table", "row", "paragraph"):
                stack.pop()
            table, i = _add_table(stack[-1], lines, i)
            stack.append(table)
            continue
        elif stack[-1].level in ("table", "paragraph") or not stack[-1].lines:
            while stack[-1].level in ("table", "paragraph"):
                stack.pop()
            stack.append(_add(stack[-1], "paragraph", 0, [line]))
        else:
            stack[-1].lines.append(line)
        i += 1
    for node in root.children:
        node.parent = None
    return root.children


def choose(roots: Sequence[Node], ranks: Mapping[Level, int]) -> Choice:
    """The level of the measures, see the module's rule."""
    nodes = [node for root in roots for node in root.walk()]
    by_level: dict[Level, list[Node]] = {}
    for node in nodes:
        by_level.setdefault(node.level, []).append(node)
    levels = sorted(
        (lv for lv in by_level if lv not in ("table", "paragraph")), key=ranks.__getitem__
    )
    size = sum(root.end - root.start for root in roots)

    def covers(items: Sequence[Node]) -> bool:
        return 2 * sum(node.end - node.start for node in items) >= size

    if "article" in by_level:
        return Choice("article", _runs_through(by_level["article"]))
    if "row" in by_level and covers(by_level["row"]):
        return Choice("row", through=False)
    for level in levels:
        items = by_level[level]
        parents = {id(node.parent) for node in items}
        if len(parents) > 1 and _runs_through(items) and covers(items) and _are_sentences(items):
            return Choice(level, through=True)
    for level in reversed(levels):
        items = by_level[level]
        if level != "row" and covers(items) and _are_sentences(items) and _are_long(items):
            return Choice(level, _runs_through(items) and _is_alone(roots, level, ranks))
    first = levels[0] if levels else "paragraph"
    return Choice(first, _runs_through(by_level.get(first, ())))


def find_measures(roots: Sequence[Node], choice: Choice, ranks: Mapping[Level, int]) -> list[Node]:
    """The clauses that become measures, in the text's order; what stands in one is part of it."""
    found: list[Node] = []

    def visit(node: Node) -> None:
        if node.level == choice.level:
            found.append(node)
        elif any(below.level == choice.level for below in node.walk()) or (
            node.level == "table" and not node.lines
        ):
            for child in node.children:
                visit(child)
        elif ranks[node.level] > ranks[choice.level] or (
            # Beside clauses numbered through, a heading's own number would be taken for a clause's.
            not choice.through and _has_wording(node)
        ):
            found.append(node)

    for root in roots:
        visit(root)
    return found


def _has_wording(node: Node) -> bool:
    return any("。" in line.text for below in node.walk() for line in below.lines)


def _runs_through(items: Sequence[Node]) -> bool:
    numbers = [node.number for node in items]
    return numbers == sorted(numbers)


def _is_alone(roots: Sequence[Node], level: Level, ranks: Mapping[Level, int]) -> bool:
    """Whether nothing beside the level's items would be a measure: its numbers are unmistakable."""
    return all(
        any(node.level == level for node in root.walk()) or ranks[root.level] > ranks[level]
        for root in roots
    )


def _are_sentences(items: Sequence[Node]) -> bool:
    """Whether most items are clauses and not entries of a list."""
    listed = sum(
        node.parent is not None and node.parent.own_text.endswith(("：", ":")) for node in items
    )
    whole = sum(
        "。" in node.own_text or any("。" in c.own_text for c in node.walk()) for node in items
    )
    return 2 * listed < len(items) and 2 * whole >= len(items)


def _are_long(items: Sequence[Node]) -> bool:
    median = statistics.median(node.end - node.start for node in items)
    bare = all(node.parent is None or "。" not in node.parent.own_text for node in items)
    return median >= (_SHORTEST if bare else _SHORT)


def _closes(top: Node, mark: Mark, ranks: Mapping[Level, int]) -> bool:
    if top.level in ("table", "row", "paragraph"):
        return True
    if top.level == mark.level == "dotted" and top.mark is not None:
        return len(top.mark.path) >= len(mark.path)
    return ranks[top.level] >= ranks[mark.level]


def _add(parent: Node, level: Level, number: int, lines: list[Line]) -> Node:
    node = Node(level, number, lines, parent)
    parent.children.append(node)
    return node


def _add_table(parent: Node, lines: Sequence[Line], first: int) -> tuple[Node, int]:
    """Adds the table whose first row is line `first`; also returns the index behind its rows."""
    behind = next((k for k in range(first, len(lines)) if not lines[k].is_row), len(lines))
    read = read_table(lines[first:behind])
    own = [read.header] if read.header else []
    if first and is_caption(lines[first - 1]):
        own = _take_caption(parent, lines[first - 1]) + own
    table = _add(parent, "table", 0, own)
    for number, row in read.rows:
        _add(table, "row", number, [row])
    return table, behind


def _take_caption(parent: Node, line: Line) -> list[Line]:
    """The caption, taken out of the lines that it was read into."""
    if parent.children and parent.children[-1].lines == [line] and line.mark is None:
        parent.children.pop()
        return [line]
    if not parent.children and len(parent.lines) > 1 and parent.lines[-1] is line:
        return [parent.lines.pop()]
    return []
