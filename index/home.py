"""Where a user's data lives; see `corpus.home`."""

from corpus.home import home as home

# Folder of the index of a user's documents, beside that of the shipped ones.
LIBRARY_INDEX = "index-library"
