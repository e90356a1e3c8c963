"""Automatic paragraph numbers of Word documents: numbering.xml, styles.xml and the counting."""

import re
from dataclasses import dataclass, field

from corpus.readers.numerals import number_text
from corpus.readers.package import Element, attribute, child, children, local

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
# Behind these a number needs no space to be read apart from the text: 一、 （二） 1. ③
_ENDS_ITSELF = re.compile(r"[、．.，：:）)】〕〉》\]\u2460-\u249b\u3251-\u32bf]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its number is written, after what it restarts."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart_after: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class ListUse:
    """A w:num: which abstract list it counts in, and what it changes about it."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str | None
    list_id: str | None
    level: int | None
    name: str
    is_hidden: bool


@dataclass(slots=True)
class Lists:
    """The lists of a document, with the counters as far as it has been read."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    uses: dict[str, ListUse] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    default_style: str | None = None
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def next_number(self, properties: Element | None) -> str:
        """The number in front of the next paragraph, of these w:pPr; empty without one."""
        found = self._list_of(properties)
        if found is None:
            return ""
        list_id, level = found
        use = self.uses.get(list_id)
        if use is None or not 0 <= level < _LEVELS:
            return ""
        levels = {**self.abstracts.get(use.abstract, {}), **use.levels}
        self._count(list_id, use, levels, level)
        return self._written(use, levels, level)

    def style_name(self, properties: Element | None) -> str:
        """The name of a paragraph's style, lower case; empty without one."""
        style = self.styles.get(attribute(child(properties, "pStyle"), "val") or "")
        return style.name if style else ""

    def _list_of(self, properties: Element | None) -> tuple[str, int] | None:
        """List and level: the paragraph's own, else its style's, else that of the style above."""
        own = child(properties, "numPr")
        list_id = attribute(child(own, "numId"), "val")
        level = _integer(attribute(child(own, "ilvl"), "val"))
        name = attribute(child(properties, "pStyle"), "val") or self.default_style
        seen: set[str] = set()
        bearer: str | None = None
        while list_id is None and name is not None and name not in seen:
            seen.add(name)
            style = self.styles.get(name)
            if style is None:
                break
            level = style.level if level is None else level
            if style.list_id is not None:
                list_id, bearer = style.list_id, name
            name = style.parent
        if list_id is None or list_id == "0":
            return None
        if level is None and bearer is not None:
            level = self._level_of_style(list_id, seen)
        return list_id, level or 0

    def _level_of_style(self, list_id: str, styles: set[str]) -> int | None:
        """The level that a list links to a style; the style itself need not state it."""
        use = self.uses.get(list_id)
        levels = self.abstracts.get(use.abstract, {}) if use else {}
        return next((i for i, level in levels.items() if level.style in styles), None)

    def _count(self, list_id: str, use: ListUse, levels: dict[int, Level], level: int) -> None:
        counters = self._counters.setdefault(use.abstract, {})
        start = use.starts.get(level)
        if start is not None and (list_id, level) not in self._started:
            # A w:num's own start holds once, at its first paragraph of the level.
            counters[level] = start
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = levels.get(level, Level()).start
        self._started.add((list_id, level))
        for deeper in [i for i in counters if i > level]:
            after = levels.get(deeper, Level()).restart_after
            if after is None or level < after:
                del counters[deeper]

    def _written(self, use: ListUse, levels: dict[int, Level], level: int) -> str:
        shown = levels.get(level, Level())
        if shown.number_format == "bullet":
            return ""
        counters = self._counters[use.abstract]

        def figure(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of_level = levels.get(index, Level())
            value = counters.get(index, of_level.start)
            form = of_level.number_format
            return number_text(value, "decimal" if shown.legal and index != level else form)

        number = _PLACEHOLDER.sub(figure, shown.text).strip()
        needs_space = shown.suffix != "nothing" and number and not _ENDS_ITSELF.search(number)
        return f"{number} " if needs_space else number


def load_lists(numbering: Element | None, styles: Element | None) -> Lists:
    """Reads a document's lists.

    Args:
        numbering: The root of numbering.xml, where there is one.
        styles: The root of styles.xml, where there is one.
    """
    lists = Lists()
    for style in children(styles, "style"):
        name = attribute(style, "styleId")
        if name is None:
            continue
        number = child(style, "pPr", "numPr")
        lists.styles[name] = _Style(
            attribute(child(style, "basedOn"), "val"),
            attribute(child(number, "numId"), "val"),
            _integer(attribute(child(number, "ilvl"), "val")),
            (attribute(child(style, "name"), "val") or "").lower(),
            is_on(child(style, "rPr", "vanish")),
        )
        is_default = attribute(style, "default") in {"1", "true", "on"}
        if is_default and attribute(style, "type") == "paragraph":
            lists.default_style = name
    _load_abstracts(lists, numbering)
    for use in children(numbering, "num"):
        list_id = attribute(use, "numId") or ""
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for override in children(use, "lvlOverride"):
            index = _integer(attribute(override, "ilvl")) or 0
            start = _integer(attribute(child(override, "startOverride"), "val"))
            if start is not None:
                starts[index] = start
            if (changed := child(override, "lvl")) is not None:
                levels[index] = _level(changed)
        abstract = attribute(child(use, "abstractNumId"), "val") or ""
        lists.uses[list_id] = ListUse(abstract, starts, levels)
    return lists


def _load_abstracts(lists: Lists, numbering: Element | None) -> None:
    by_style: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for abstract in children(numbering, "abstractNum"):
        abstract_id = attribute(abstract, "abstractNumId") or ""
        levels = {
            _integer(attribute(level, "ilvl")) or 0: _level(level)
            for level in children(abstract, "lvl")
        }
        lists.abstracts[abstract_id] = levels
        if style := attribute(child(abstract, "styleLink"), "val"):
            by_style[style] = levels
        if style := attribute(child(abstract, "numStyleLink"), "val"):
            links[abstract_id] = style
    for abstract_id, style in links.items():
        lists.abstracts[abstract_id] = by_style.get(style, lists.abstracts[abstract_id])


def _level(level: Element) -> Level:
    number_format = child(level, "numFmt")
    if number_format is None:
        # Word wraps formats of newer versions, with a fallback; the first is the real one.
        wrapped = (e for e in level.iter() if local(e) == "numFmt")
        number_format = next(wrapped, None)
    restart = _integer(attribute(child(level, "lvlRestart"), "val"))
    start = _integer(attribute(child(level, "start"), "val"))
    return Level(
        start=0 if start is None else start,
        number_format=attribute(number_format, "val") or "decimal",
        text=attribute(child(level, "lvlText"), "val") or "",
        suffix=attribute(child(level, "suff"), "val") or "tab",
        legal=is_on(child(level, "isLgl")),
        restart_after=restart,
        style=attribute(child(level, "pStyle"), "val"),
    )


def is_on(flag: Element | None) -> bool:
    """Whether a toggle such as w:vanish is there and not switched off."""
    return flag is not None and attribute(flag, "val") not in {"0", "false", "off"}


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else None
