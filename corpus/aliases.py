"""Question aliases: what people ask of a clause, noted beside the text as a FAQ editor would.

The file is optional and may be edited; each line is
`{"measure_id": …, "aliases": [questions that the clause answers],
"near_misses": [questions near the clause that the documents do not answer]}`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError

SHIPPED_ALIASES = Path(__file__).with_name("aliases.jsonl")


@dataclass(frozen=True, slots=True)
class Aliases:
    """Questions noted for one measure.

    Attributes:
        answered: Questions that the measure answers.
        near_misses: Questions near it that no measure of the corpus answers.
    """

    answered: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


def load_aliases(
    path: Path = SHIPPED_ALIASES, known: Iterable[str] | None = None
) -> Mapping[str, Aliases]:
    """Reads an alias file; a file that does not exist holds none.

    Args:
        path: JSON lines file.
        known: Measure ids; a line for another one is an error.

    Raises:
        CorpusError: A line is malformed or names an unknown measure.
    """
    if not path.exists():
        return {}
    ids = None if known is None else set(known)
    aliases: dict[str, Aliases] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            measure_id = row["measure_id"]
            noted = Aliases(_texts(row, "aliases"), _texts(row, "near_misses"))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(
                f"{path}, line {number}: not of the form "
                f'{{"measure_id": …, "aliases": […], "near_misses": […]}} ({error})'
            ) from error
        if ids is not None and measure_id not in ids:
            raise CorpusError(f"{path}, line {number}: no measure {measure_id} in the corpus")
        aliases[measure_id] = noted
    return aliases


def _texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{key} is no list of texts")
    return tuple(values)


SHIPPED_BACKGROUND = Path(__file__).with_name("background.jsonl")


def load_background(path: Path = SHIPPED_BACKGROUND) -> tuple[str, ...]:
    """Questions of all sorts that no measure answers; a file that does not exist holds none.

    Raises:
        CorpusError: A line is not of the form `{"question": …, "kind": …}`.
    """
    if not path.exists():
        return ()
    questions = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            questions.append(str(json.loads(line)["question"]))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}, line {number}: no question in it ({error})") from error
    return tuple(questions)
