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
SHIPPED_RULES = Path(__file__).with_name("benefits.toml")


@dataclass(frozen=True, slots=True)
class BenefitRules:
    """Compiled rules; the file explains each.

    Attributes:
        triggers: Kind and pattern of the words that grant something, narrow ones first.
        budget: A sentence about public money.
        own_goal: What the town obtains for itself.
        forbidden: A sentence that takes back or denies.
        sought: Words of striving.
        heads: Words that name groups.
        aspects: Kind → words of an unspecific grant (在资金补助、项目用地等方面给予支持).
        roles: Patterns for the roles of numbers, over a sentence in which ⟦ ⟧ enclose the number.
    """

    triggers: tuple[tuple[BenefitKind, re.Pattern[str]], ...]
    budget: re.Pattern[str]
    own_goal: re.Pattern[str]
    forbidden: re.Pattern[str]
    sought: re.Pattern[str]
    heads: re.Pattern[str]
    roles: Mapping[str, re.Pattern[str]]
    aspects: Mapping[BenefitKind, re.Pattern[str]]


@lru_cache(maxsize=1)
def benefit_rules(path: Path = SHIPPED_RULES) -> BenefitRules:
    """The rules.

    Raises:
        UsageError: The file is no TOML of the documented form, or a pattern is malformed.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        context = table["context"]
        return BenefitRules(
            tuple((row["kind"], re.compile(row["pattern"])) for row in table["trigger"]),
            re.compile(context["budget"]),
            re.compile(context["own_goal"]),
            re.compile(context["forbidden"]),
            re.compile(context["sought"]),
            re.compile(table["who"]["heads"]),
            {name: re.compile("|".join(parts)) for name, parts in table["roles"].items()},
            {kind: re.compile(part) for kind, part in table["aspects"].items()},
        )
    except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: {error!r}; restore the shipped file or mend the pattern"
        ) from error
