"""`huiwen corpus`: the documents."""

import argparse
import json

from qa.cli.common import Commands


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    corpus = commands.add_parser("corpus", help="the documents").add_subparsers(required=True)
    export = corpus.add_parser("export", help="print every record as a JSON line")
    export.set_defaults(run=_export)


def _export(_: argparse.Namespace) -> int:
    from corpus.export import measure_to_json
    from corpus.reader import load_corpus

    for document in load_corpus():
        for measure in document.measures:
            print(json.dumps(measure_to_json(measure), ensure_ascii=False))
    return 0
