"""`huiwen corpus add`, `replace` and `remove`: changes of the user's library."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import HuiwenError, UsageError
from qa.cli.common import Commands, day

if TYPE_CHECKING:
    from corpus.library.change import Added
    from index.ingest import Ingest

_UNKNOWN = "-"
_STATUSES = ("征求意见稿", "正式印发", "未载明")


def register(corpus: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the actions."""
    add = corpus.add_parser("add", help="add files or folders of documents to your library")
    add.add_argument("paths", nargs="+", metavar="FILE|FOLDER", type=Path)
    _add_fields(add)
    add.set_defaults(run=_add)
    replace = corpus.add_parser("replace", help="put a new version in place of a document")
    replace.add_argument("document", metavar="ID")
    replace.add_argument("file", metavar="FILE", type=Path)
    _add_fields(replace)
    replace.set_defaults(run=_replace)
    remove = corpus.add_parser("remove", help="delete a document from your library for good")
    remove.add_argument("document", metavar="ID")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    remove.add_argument(
        "--all-versions", action="store_true", help="also the versions before and after it"
    )
    remove.set_defaults(run=_remove)


def _add_fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="take what the text says, do not ask")
    parser.add_argument("--id", metavar="ID", help="id of your choice")
    fields = parser.add_argument_group("fields, instead of what the text says; - is not known")
    for name in ("title", "number", "issuer", "region"):
        fields.add_argument(f"--{name}", metavar="TEXT")
    fields.add_argument("--year", metavar="Y", type=_year)
    for name in ("issued", "term-start", "term-end"):
        fields.add_argument(f"--{name}", metavar="DATE", type=_day)
    fields.add_argument("--status", choices=_STATUSES)


def _year(text: str) -> object:
    if text == _UNKNOWN:
        return text
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) < 2100):
        raise argparse.ArgumentTypeError(f"{text!r} is no year like 2024")
    return int(text)


def _day(text: str) -> object:
    return text if text == _UNKNOWN else day(text)


def _add(options: argparse.Namespace) -> int:
    from qa.cli.corpus_intake import confirm, files_of, take

    files = files_of(options.paths)
    if len(files) > 1 and (options.title or options.number or options.id):
        raise UsageError("--title, --number and --id are for one file; leave them out for several")
    if not options.yes and not confirm(files, options):
        return 2
    with _changing() as ingest:
        return take(ingest, files, options)


def _replace(options: argparse.Namespace) -> int:
    from corpus.library.shelf import Shelf
    from qa.cli.corpus_intake import confirm, fields_for, read_source, report

    Shelf().find(options.document)  # a mistyped id shows before anything is asked
    if not options.yes and not confirm([options.file], options):
        return 2
    source = read_source(options.file)
    with _changing() as ingest:
        fields, notes = fields_for(source, options)
        added: Added = ingest.replace(options.document, source, fields, options.id)
    print(report(added, [*notes, f"replaces {options.document}, which stays citable by its id"]))
    return 0


def _remove(options: argparse.Namespace) -> int:
    from corpus.library.shelf import Shelf
    from qa.cli.corpus_intake import asked

    held = Shelf().find(options.document)
    print(f"{held.document_id}  《{held.entry.title}》  {held.name}")
    question = "delete it from your library for good? The file that you added it from stays."
    if not options.yes and not asked(question):
        return 2
    with _changing() as ingest:
        chain = [options.document]
        if options.all_versions:
            chain = _versions(ingest, options.document)
        for document_id in chain:
            removed = ingest.remove(document_id)
            print(f"removed {document_id}")
        before, after = removed.entry.supersedes, removed.entry.superseded_by
        if not options.all_versions and before is not None and after is None:
            print(f"{before}, which it had replaced, is current again; remove it too if it is not")
    return 0


def _versions(ingest: "Ingest", document_id: str) -> list[str]:
    """All versions of a document, oldest first."""
    entries = {held.document_id: held.entry for held in ingest.change.held}
    first = document_id
    while first in entries and entries[first].supersedes is not None:
        first = str(entries[first].supersedes)
    chain = [first]
    while first in entries and entries[first].superseded_by is not None:
        first = str(entries[first].superseded_by)
        chain.append(first)
    return chain


@contextmanager
def _changing() -> "Iterator[Ingest]":
    """A change of the library; a data folder that cannot be written to is named."""
    from corpus.home import home
    from index.encoders import load_encoder
    from index.ingest import changing

    try:
        with changing(load_encoder()) as ingest:
            yield ingest
    except HuiwenError:
        raise
    except OSError as error:
        print(f"huiwen: {home()}: cannot be written to ({error})", file=sys.stderr)
        raise UsageError("nothing was changed; set HUIWEN_HOME to a folder of your own") from error
