"""`huiwen compare`: two years side by side."""

import argparse
import csv
import json
import sys
from datetime import date

from qa.cli.common import Commands, day


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    compare = commands.add_parser("compare", help="set two years side by side")
    compare.add_argument("--section", metavar="S", help="only sections with this in their title")
    compare.add_argument("--measure", metavar="ID", help="only this measure and its counterpart")
    compare.add_argument("--as-of", type=day, metavar="DATE", help="judge validity on this day")
    form = compare.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="print JSON, with the wordings' difference"
    )
    form.add_argument("--csv", action="store_true", help="a table for spreadsheets")
    compare.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    from corpus.reader import load_corpus
    from index.encoders import load_encoder
    from qa.benefits import safe_cell
    from qa.compare import compare, comparison_table, comparison_to_json
    from qa.compose import notices, render

    found = compare(load_corpus(), load_encoder(), section=options.section, measure=options.measure)
    if options.json:
        print(json.dumps(comparison_to_json(found), ensure_ascii=False))
    elif options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        for row in comparison_table(found):
            writer.writerow([safe_cell(cell) for cell in row])
    else:
        entries = [found.older.entry, found.newer.entry]
        text = render(
            "compare.txt.j2",
            older=found.older,
            newer=found.newer,
            rows=found.rows,
            notices=notices(entries, options.as_of or date.today()),
        )
        print(text, end="")
    return 0
