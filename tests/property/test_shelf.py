"""Any sequence of changes keeps a library and its index sound."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from corpus.errors import DuplicateDocumentError
from corpus.library.shelf import Shelf
from index.build import build_searchers
from index.ingest import changing
from index.passages import passages_from
from index.shelved import ShelfIndex, loader
from tests.shelves import FIELDS, source
from tests.support import HashEncoder

ENCODER = HashEncoder()
_SEEDS = st.integers(0, 7)
_LEXICAL = ("text", "sentence", "title", "sound")


class Changes(RuleBasedStateMachine):
    """Adds, replaces and removes, beside a plain list that says what should be there."""

    def __init__(self) -> None:
        super().__init__()
        self._root = Path(tempfile.mkdtemp())
        self._shelf = Shelf(self._root / "library")
        self._folder = self._root / "index-library"
        self._seeds: dict[str, int] = {}
        self._replaced: set[str] = set()
        self._number = 0

    def teardown(self) -> None:
        shutil.rmtree(self._root)

    def _name(self) -> str:
        self._number += 1
        return f"d{self._number}"

    @rule(seed=_SEEDS)
    def add(self, seed: int) -> None:
        name = self._name()
        with changing(ENCODER, shelf=self._shelf, folder=self._folder, shipped=()) as ingest:
            if seed in self._seeds.values():
                with pytest.raises(DuplicateDocumentError):
                    ingest.add(source(seed), FIELDS, name)
            else:
                ingest.add(source(seed), FIELDS, name)
                self._seeds[name] = seed

    @precondition(lambda self: set(self._seeds) - self._replaced)
    @rule(seed=_SEEDS, data=st.data())
    def replace(self, seed: int, data: st.DataObject) -> None:
        if seed in self._seeds.values():
            return
        old = data.draw(st.sampled_from(sorted(set(self._seeds) - self._replaced)))
        name = self._name()
        with changing(ENCODER, shelf=self._shelf, folder=self._folder, shipped=()) as ingest:
            ingest.replace(old, source(seed), FIELDS, name)
        self._seeds[name] = seed
        self._replaced.add(old)

    @precondition(lambda self: self._seeds)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self._seeds)))
        with changing(ENCODER, shelf=self._shelf, folder=self._folder, shipped=()) as ingest:
            gone = ingest.remove(name).entry
        del self._seeds[name]
        self._replaced.discard(name)
        if gone.superseded_by is None and gone.supersedes is not None:
            self._replaced.discard(gone.supersedes)

    @rule(seed=_SEEDS)
    def fail(self, seed: int) -> None:
        with (
            pytest.raises(KeyboardInterrupt),
            changing(ENCODER, shelf=self._shelf, folder=self._folder, shipped=()) as ingest,
        ):
            if seed not in self._seeds.values():
                ingest.add(source(seed), FIELDS, self._name())
            for held in ingest.change.held:
                ingest.remove(held.document_id)
            raise KeyboardInterrupt

    @invariant()
    def holds_what_it_should(self) -> None:
        held = self._shelf.held()
        assert [one.document_id for one in held] == list(self._seeds)
        for one in held:
            assert self._shelf.text(one) == source(self._seeds[one.document_id]).text
        files = {p.name for p in (self._shelf.folder / "files").glob("*")}
        assert files == {Path(one.entry.file).name for one in held}

    @invariant()
    def links_lead_there_and_back(self) -> None:
        entries = {one.document_id: one.entry for one in self._shelf.held()}
        for name, entry in entries.items():
            if entry.superseded_by is not None:
                assert entries[entry.superseded_by].supersedes == name
            if entry.supersedes is not None:
                assert entries[entry.supersedes].superseded_by == name
        assert {n for n, entry in entries.items() if entry.superseded_by} == self._replaced

    @invariant()
    def the_index_is_the_one_that_is_built_from_scratch(self) -> None:
        held = self._shelf.held()
        if not held:
            return
        passages = passages_from(self._shelf.documents(), {})
        keys = [one.key for one in held]
        index = ShelfIndex(self._folder, ENCODER)
        found, notice = index.open(keys, len(passages), loader(self._shelf, held))
        assert notice is None
        scratch = build_searchers(passages, ENCODER)
        query = "渔船奖励多少万元"
        for name in _LEXICAL:
            ours, theirs = getattr(found, name), getattr(scratch, name)
            assert ours.vocabulary.keys() == theirs.vocabulary.keys()
            np.testing.assert_allclose(ours.scores(query), theirs.scores(query), rtol=1e-5)
            assert ours.ceiling(query) == pytest.approx(theirs.ceiling(query))
        np.testing.assert_array_equal(found.sentence_owners, scratch.sentence_owners)
        np.testing.assert_allclose(
            found.dense.scores(query), scratch.dense.scores(query), atol=2e-3
        )
        parts = {p.name for p in (self._folder / "parts").iterdir()}
        assert len(parts) >= len(set(keys))


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=15, stateful_step_count=8, deadline=None)
