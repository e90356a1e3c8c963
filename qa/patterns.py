"""Loads the editable patterns by which questions are understood."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from corpus.errors import UsageError

SHIPPED_PATTERNS = Path(__file__).with_name("understanding.toml")


@lru_cache(maxsize=1)
def patterns(path: Path = SHIPPED_PATTERNS) -> dict[str, dict[str, re.Pattern[str]]]:
    """Compiled patterns by group and name.

    Raises:
        UsageError: The file is no TOML of the documented form, or a pattern is malformed.
    """
    try:
        groups = tomllib.loads(path.read_text("utf-8"))
        return {
            group: {name: re.compile("|".join(parts)) for name, parts in table.items()}
            for group, table in groups.items()
        }
    except (tomllib.TOMLDecodeError, re.error, TypeError) as error:
        raise UsageError(
            f"{path}: {error}; restore the shipped file or mend the pattern"
        ) from error
