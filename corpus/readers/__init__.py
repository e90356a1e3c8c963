r"""Readers: a policy document in any common format → raw text.

What the readers promise for every format, so that answers can quote the text verbatim:

* The wording is the printed one: tracked changes are accepted, hidden text, comments, headers,
  footers and page numbers are left out, automatic paragraph numbers are written out.
* One paragraph is one line. Formats without paragraphs (txt; PDF and OFD whose paragraphs are not
  indented) keep their typeset lines, which `corpus.normalise` joins by their width.
* A table row is one line, its cells joined by ` | `; a merged cell stands in its first place.
* Footnotes follow the body, `[注1]` in the text and before the note.
* Look-alike characters (Kangxi radicals, CJK Radicals Supplement) become ordinary ones; control
  and invisible characters and soft hyphens go. Nothing else is changed: full-width figures,
  quotation marks and spelling stay. Plain text is not changed at all.

Safety: files over 100 MB are not read; zips are unpacked within limits; XML may have neither
entities nor document types, and nothing is fetched from the network. Whatever the bytes are, the
outcome is text or one `HuiwenError`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.readers.files import load_bytes, read_bytes, read_file, reader_for
    from corpus.readers.protocol import DocumentReader, Reading

__all__ = ["DocumentReader", "Reading", "load_bytes", "read_bytes", "read_file", "reader_for"]

_HOMES = {"DocumentReader": "protocol", "Reading": "protocol"}


def __getattr__(name: str) -> object:
    """Imports what is asked for when it is: a question needs no reader of PDFs."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"corpus.readers.{_HOMES.get(name, 'files')}"), name)
