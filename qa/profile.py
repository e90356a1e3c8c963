"""A firm's profile: from a file, from options, or drawn from a free sentence."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import MissingFileError, UsageError
from index.text import fold

SHIPPED_VOCABULARY = Path(__file__).with_name("profile.toml")
_FIELDS = ("industry", "size", "qualifications", "needs")
_FOUNDED = re.compile(
    r"(?:(20\d\d|19\d\d)|(?<!\d)(\d\d))年?(?:才|刚)?(?:注册|成立|创办|开的|办的|开办|创立)"
)
# No name of a place has a character of 看到, 听说, 的, 是, 有.
_LOCATION = re.compile(
    r"(?:.*(?:在|位于|坐落于?)|^)?((?:(?![看到听说的是有])[一-鿿]){2,8}?"
    r"(?:开发区|经济区|产业园|工业园|园区|高新区|新区|街道|镇|乡(?!村)))"
)
# 没上规 is a value of its own (规下): its words begin with the denial.
_DENIED = re.compile(r"(?:不是|不属于|没有?|还没|未|非|不做|不搞|不)$")
_EARLIEST, _LATEST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Term:
    """A value of the vocabulary.

    Attributes:
        words: How owners say it.
        clause: How policies say it.
        within: Values that include it.
        trade: Of a need: the trade that a firm with it also counts as.
        crosses_trades: Whether measures for this trade are for other trades too.
    """

    words: re.Pattern[str]
    clause: re.Pattern[str]
    within: tuple[str, ...]
    trade: str | None
    crosses_trades: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What a firm says of itself; what it does not say stays empty.

    Attributes:
        industry: 行业, values of the vocabulary.
        size: 规上, 规下, 小微 or 个体.
        qualifications: 资质.
        location: 所在园区 or town, free text.
        founded: Year of founding.
        needs: 需求 and events.
    """

    industry: tuple[str, ...] = ()
    size: str | None = None
    qualifications: tuple[str, ...] = ()
    location: str | None = None
    founded: int | None = None
    needs: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known that a measure could fit."""
        return not (self.industry or self.size or self.qualifications or self.needs)


@lru_cache(maxsize=1)
def terms(path: Path = SHIPPED_VOCABULARY) -> Mapping[str, Mapping[str, Term]]:
    """The vocabulary: field → value → term.

    Raises:
        UsageError: The file is no TOML of the documented form, or a pattern is malformed.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return {
            name: {
                value: Term(
                    re.compile(row["words"]),
                    re.compile(row["clause"]),
                    tuple(row.get("within", ())),
                    row.get("trade"),
                    row.get("crosses_trades", False),
                )
                for value, row in table[name].items()
            }
            for name in _FIELDS
        }
    except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: {error!r}; restore the shipped file or mend the pattern"
        ) from error


@lru_cache(maxsize=1)
def general(path: Path = SHIPPED_VOCABULARY) -> Mapping[str, frozenset[str]]:
    """Needs that every trade has, and qualifications that are kinds of body (see the file)."""
    table = tomllib.loads(path.read_text("utf-8"))["general"]
    return {name: frozenset(values) for name, values in table.items()}


def vocabulary() -> dict[str, tuple[str, ...]]:
    """The values that each field may take."""
    return {name: tuple(values) for name, values in terms().items()}


def profile_from_json(table: Mapping[str, Any]) -> Profile:
    """Reads a profile; a single text stands for a list of one.

    Raises:
        UsageError: A field is unknown, of the wrong type, or holds an unknown value.
    """
    known = [field.name for field in fields(Profile)]
    if unknown := sorted(set(table) - set(known)):
        raise UsageError(f"profile: unknown fields {unknown}; there are {', '.join(known)}")
    founded, location = table.get("founded"), table.get("location")
    if founded is not None and (
        not isinstance(founded, int) or not _EARLIEST <= founded <= _LATEST
    ):
        raise UsageError(f"profile: founded is {founded!r}; it must be a year like 2019")
    if location is not None and not isinstance(location, str):
        raise UsageError(f"profile: location is {location!r}; it must be text")
    size = _values(table, "size")
    if len(size) > 1:
        raise UsageError(f"profile: size is {list(size)}; it must be one value")
    return Profile(
        industry=_values(table, "industry"),
        size=size[0] if size else None,
        qualifications=_values(table, "qualifications"),
        location=location or None,
        founded=founded,
        needs=_values(table, "needs"),
    )


def _values(table: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = table.get(name)
    values = [] if given is None else [given] if isinstance(given, str) else given
    if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
        raise UsageError(f"profile: {name} is {given!r}; it must be a list of texts")
    allowed = vocabulary()[name]
    for value in values:
        if value not in allowed:
            raise UsageError(f"profile: no {name} {value!r}; there are {' '.join(allowed)}")
    return tuple(dict.fromkeys(values))


def profile_to_json(profile: Profile) -> dict[str, Any]:
    """The JSON form, which `profile_from_json` reads."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(profile).items()
    }


def read_profile(path: Path) -> Profile:
    """Reads a TOML or JSON file.

    Raises:
        MissingFileError: There is no such file.
        UsageError: It is neither, or no profile.
    """
    try:
        text = path.read_text("utf-8-sig")
        is_json = path.suffix.lower() == ".json"
        table = json.loads(text) if is_json else tomllib.loads(text)
    except FileNotFoundError:
        raise MissingFileError(path, "name a TOML or JSON file with the firm's profile") from None
    except (IsADirectoryError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: neither TOML nor JSON ({error})") from error
    if not isinstance(table, dict):
        raise UsageError(f"{path}: a profile is a table of fields, not {type(table).__name__}")
    return profile_from_json(table)


def profile_from_text(text: str) -> Profile:
    """Draws a profile from a sentence; only what it says.

    「我们是做低压电器的规上企业，去年研发花了500万，想扩厂房」 → 制造业, 电气; 规上; 研发, 用地.
    """
    folded = fold(text)
    found = {
        name: [value for value, term in values.items() if _says(term, folded)]
        for name, values in terms().items()
    }
    industry = _industries(found["industry"])
    founded = _FOUNDED.search(folded)
    location = _LOCATION.search(text)
    year = None
    if founded:
        year = int(founded[1]) if founded[1] else 2000 + int(founded[2])
    return Profile(
        industry=industry,
        # 没上规 holds 上规 too: what denies stands later in the file and wins.
        size=found["size"][-1] if found["size"] else None,
        qualifications=tuple(found["qualifications"]),
        location=location[1] if location else None,
        founded=year,
        needs=tuple(found["needs"]),
    )


def _says(term: Term, text: str) -> bool:
    """Whether a sentence says a value of the firm, and does not deny it (不是规上, 没有资质)."""
    return any(not _DENIED.search(text[: m.start()]) for m in term.words.finditer(text))


def _industries(found: list[str]) -> tuple[str, ...]:
    """Adds 制造业 to its branches; drops 服务业 where a branch says more."""
    table = terms()["industry"]
    parents = {parent for value in found for parent in table[value].within}
    kept = [value for value in found if not (value == "服务业" and value in parents)]
    if "制造业" in parents and "制造业" not in kept:
        kept.insert(0, "制造业")
    return tuple(kept)
