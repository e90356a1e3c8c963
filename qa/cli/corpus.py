"""`huiwen corpus`: the documents, those shipped and those that a user added."""

import argparse
import json
from pathlib import Path

from qa.cli import corpus_change
from qa.cli.common import Commands


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    corpus = commands.add_parser("corpus", help="the documents").add_subparsers(
        required=True, metavar="ACTION"
    )
    corpus_change.register(corpus)
    listing = corpus.add_parser("list", help="list all documents")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=_list)
    show = corpus.add_parser("show", help="show what is known of a document")
    show.add_argument("document", metavar="ID")
    show.add_argument("--json", action="store_true", help="as one JSON object")
    show.set_defaults(run=_show)
    check = corpus.add_parser("check", help="say what would be understood of a file; adds nothing")
    check.add_argument("file", metavar="FILE", type=Path)
    check.set_defaults(run=_check)
    export = corpus.add_parser("export", help="print every record as a JSON line")
    export.add_argument("--document", metavar="ID", help="only this document, of any version")
    export.set_defaults(run=_export)


def _list(options: argparse.Namespace) -> int:
    from corpus.library.listing import list_line, rows

    for row in rows():
        print(json.dumps(row, ensure_ascii=False) if options.json else list_line(row))
    return 0


def _show(options: argparse.Namespace) -> int:
    from corpus.library.listing import rows, show_text

    [row] = rows(options.document)
    print(json.dumps(row, ensure_ascii=False) if options.json else show_text(row))
    return 0


def _check(options: argparse.Namespace) -> int:
    from corpus.check import check, report_to_text
    from corpus.library.intake import read_source

    source = read_source(options.file)
    print(report_to_text(check(source.text, source.name)), end="")
    for warning in source.warnings:
        print(f"注意：{warning}")
    return 0


def _export(options: argparse.Namespace) -> int:
    from corpus.errors import UsageError
    from corpus.export import measure_to_json
    from corpus.reader import load_corpus

    documents = load_corpus()
    if options.document is None:
        chosen = [document for document in documents if document.entry.superseded_by is None]
    else:
        chosen = [d for d in documents if d.document_id == options.document]
        if not chosen:
            raise UsageError(f"no document {options.document!r}; see `huiwen corpus list`")
    for document in chosen:
        for measure in document.measures:
            print(json.dumps(measure_to_json(measure), ensure_ascii=False))
    return 0
