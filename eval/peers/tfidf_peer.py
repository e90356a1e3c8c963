"""scikit-learn's TF-IDF over character n-grams, ranked by cosine."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


class TfidfCharacters:
    """Character 1- and 2-grams, everything else by default."""

    def __init__(self, name: str) -> None:
        self.name = name

    def index(self, texts: Sequence[str]) -> None:
        """See `Peer`."""
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
        self._rows = self._vectorizer.fit_transform(texts)

    def search(self, query: str, depth: int) -> list[int]:
        """See `Peer`."""
        cosines = (self._rows @ self._vectorizer.transform([query]).T).toarray().ravel()
        order = np.argsort(-cosines, kind="stable")[:depth]
        return [int(row) for row in order if cosines[row] > 0]
