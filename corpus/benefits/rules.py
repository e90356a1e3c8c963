"""Loads the editable rules by which benefits and the roles of numbers are recognised."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from corpus.errors import UsageError

BenefitKind = Literal[
    "奖励",
    "补助",
    "补贴",
    "贴息",
    "税收优惠",
    "费用减免",
    "融资支持",
    "用地保障",
    "用能保障",
    "人才支持",
    "采购支持",
    "资格/优先",
    "其他",
]
BENEFIT_KINDS: tuple[BenefitKind, ...] = get_args(BenefitKind)
# 〈sum〉 in a pattern stands for the words of that name in the file.
_WORD = re.compile("〈([a-z_]+)〉")
SHIPPED_RULES = Path(__file__).with_name("benefits.toml")


@dataclass(frozen=True, slots=True)
class BenefitRules:
    """Compiled rules; the file explains each.

    Attributes:
        triggers: Kind and pattern of the words that grant something, narrow ones first; no kind
            where it is that of the grant before.
        budget: A sentence about public money.
        own_goal: What the town obtains for itself.
        forbidden: A sentence that takes back or denies.
        excluded: A clause from which on a sentence grants nothing.
        denied: A clause that denies a thing, or words that only look like giving.
        limit: A clause that only limits the grant before it.
        item: An item of a list that goes on behind ；, with its sum as group `sum`.
        sought: Words of striving.
        heads: Words that name groups.
        aspects: Kind → words of an unspecific grant (在资金补助、项目用地等方面给予支持).
        roles: Patterns for the roles of numbers, over a sentence in which ⟦ ⟧ enclose the number.
    """

    triggers: tuple[tuple[BenefitKind | None, re.Pattern[str]], ...]
    budget: re.Pattern[str]
    own_goal: re.Pattern[str]
    forbidden: re.Pattern[str]
    excluded: re.Pattern[str]
    denied: re.Pattern[str]
    limit: re.Pattern[str]
    item: re.Pattern[str]
    sought: re.Pattern[str]
    heads: re.Pattern[str]
    roles: Mapping[str, re.Pattern[str]]
    aspects: Mapping[BenefitKind, re.Pattern[str]]


def _kind(name: str) -> BenefitKind | None:
    """A trigger's kind; None for 承前: that of the grant before it.

    Raises:
        KeyError: There is no such kind.
    """
    kinds: dict[str, BenefitKind] = {kind: kind for kind in BENEFIT_KINDS}
    return None if name == "承前" else kinds[name]


@lru_cache(maxsize=1)
def benefit_rules(path: Path = SHIPPED_RULES) -> BenefitRules:
    """The rules.

    Raises:
        UsageError: The file is no TOML of the documented form, or a pattern is malformed.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        context, words = table["context"], table["words"]

        def compiled(pattern: str) -> re.Pattern[str]:
            for _ in range(len(words)):  # words may name words; a loop among them ends malformed
                pattern = _WORD.sub(lambda m: f"(?:{words[m[1]]})", pattern)
            return re.compile(pattern)

        return BenefitRules(
            tuple((_kind(row["kind"]), compiled(row["pattern"])) for row in table["trigger"]),
            compiled(context["budget"]),
            compiled(context["own_goal"]),
            compiled(context["forbidden"]),
            compiled(context["excluded"]),
            compiled(context["denied"]),
            compiled(context["limit"]),
            compiled(context["item"]),
            compiled(context["sought"]),
            compiled(table["who"]["heads"]),
            {name: compiled("|".join(parts)) for name, parts in table["roles"].items()},
            {kind: compiled(part) for kind, part in table["aspects"].items()},
        )
    except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: {error!r}; restore the shipped file or mend the pattern"
        ) from error
