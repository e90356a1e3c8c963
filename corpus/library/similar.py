"""How alike two texts are: the share of character shingles that they have in common."""

import numpy as np
import numpy.typing as npt

Sketch = npt.NDArray[np.uint64]
Shingles = npt.NDArray[np.uint64]

# Share from which one text is called a near duplicate of another.
NEAR = 0.9
_LENGTH = 5
_SLOTS = 256
# A sketch of 256 slots errs by about 0.02 at 0.9: whatever it puts above this is then compared
# exactly.
_WORTH_COMPARING = 0.8
_EMPTY = np.iinfo(np.uint64).max


def shingles(text: str) -> Shingles:
    """Hashes of all runs of five characters, each once, ascending; blanks do not count."""
    codes = np.frombuffer("".join(text.split()).encode("utf-32-le", "replace"), np.uint32)
    codes = codes.astype(np.uint64)
    if len(codes) < _LENGTH:
        codes = np.pad(codes, (0, _LENGTH - len(codes)))
    windows = np.lib.stride_tricks.sliding_window_view(codes, _LENGTH)
    factors = np.array([pow(0x100000001B3, i, 1 << 64) for i in range(_LENGTH)], np.uint64)
    # Unsigned arithmetic wraps around, as is wanted of a hash; then splitmix64's finaliser.
    mixed = (windows * factors).sum(axis=1, dtype=np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.unique(mixed ^ (mixed >> np.uint64(31)))


def sketch(found: Shingles) -> Sketch:
    """One-permutation MinHash (Li, Owen and Zhang 2012), shape (256,)."""
    slots = np.full(_SLOTS, _EMPTY, np.uint64)
    np.minimum.at(slots, (found % np.uint64(_SLOTS)).astype(np.int64), found)
    return slots


def candidates(one: Sketch, others: npt.NDArray[np.uint64]) -> list[int]:
    """Rows of `others`, shape (n, 256), that are worth an exact comparison."""
    if not len(others):
        return []
    used = (others != _EMPTY) | (one != _EMPTY)
    equal = ((others == one) & used).sum(axis=1)
    return [int(i) for i in np.flatnonzero(equal >= _WORTH_COMPARING * used.sum(axis=1))]


def share(one: Shingles, other: Shingles) -> float:
    """Shingles in both of those in either, from 0 to 1."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


class Sketches:
    """Sketches of many texts in one array, so that a new text meets them all at once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._rows = np.zeros((0, _SLOTS), np.uint64)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def put(self, name: str, made: Sketch) -> None:
        """Adds a text's sketch."""
        place = self._places.get(name, len(self._places))
        if place == len(self._rows):
            more = np.zeros((max(64, place), _SLOTS), np.uint64)
            self._rows = np.concatenate([self._rows, more])
        self._rows[place] = made
        self._places[name] = place

    def candidates(self, made: Sketch) -> list[str]:
        """Names of the texts that are worth an exact comparison with this one."""
        names = list(self._places)
        return [names[i] for i in candidates(made, self._rows[: len(names)])]
