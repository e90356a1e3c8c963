"""Official sentences retold with lay expressions from the glossaries."""

from __future__ import annotations

import re

import numpy as np

from .data import Group, sentences

_CUT = re.compile(r"[^，。；：！？、,;:!?]+")
#: Uses of one term that are retold, so that common terms do not crowd out rare ones.
_USES = 12


def retell(glossary: list[Group], lines: list[str], seed: int) -> list[Group]:
    """Make question-passage groups by putting lay expressions into text.

    Args:
        glossary: Official terms (passage) with lay expressions (queries).
        lines: Official text, a paragraph or article each.
        seed: Seed of the choice of uses.

    Returns:
        Groups whose passage is a sentence that uses a term and whose queries
        are the phrase around the term with a lay expression in its place.
    """
    rng = np.random.default_rng(seed)
    joined = "\n".join(lines)
    queries: dict[str, dict[str, None]] = {}
    for group in glossary:
        term = group.passage
        if len(term) < 2:
            continue
        places = [match.start() for match in re.finditer(re.escape(term), joined)]
        for place in sorted(rng.permutation(places)[:_USES]) if places else []:
            begin = joined.rfind("\n", 0, place) + 1
            end = joined.find("\n", place)
            line = joined[begin : end if end >= 0 else len(joined)]
            for sentence in sentences(line):
                if term not in sentence or not 15 <= len(sentence) <= 200:
                    continue
                phrase = next((p for p in _CUT.findall(sentence) if term in p), term)
                told = queries.setdefault(sentence, {})
                for lay in rng.permutation(np.asarray(group.queries))[:2]:
                    told[phrase.replace(term, str(lay)) if len(phrase) < 25 else str(lay)] = None
                break
    return [Group(sentence, tuple(told), "retold") for sentence, told in queries.items()]
