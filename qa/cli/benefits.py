"""`huiwen benefits`: what applicants can get, as a list or a table."""

import argparse
import json
from datetime import date

from corpus.errors import UsageError
from qa.cli.common import Commands, day


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    benefits = commands.add_parser("benefits", help="list what applicants can get")
    benefits.add_argument("--kind", metavar="K", help="only this kind, e.g. 奖励")
    benefits.add_argument(
        "--who", metavar="W", help="only groups with this text, e.g. 高新技术企业"
    )
    benefits.add_argument("--year", type=int, metavar="Y", help="only the document of this year")
    benefits.add_argument("--measure", metavar="ID", help="only this measure, e.g. leqing-2024:28")
    benefits.add_argument("--as-of", type=day, metavar="DATE", help="judge validity on this day")
    form = benefits.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON lines")
    form.add_argument("--csv", action="store_true", help="a table for spreadsheets")
    benefits.set_defaults(run=_benefits)


def _benefits(options: argparse.Namespace) -> int:
    from corpus.reader import load_corpus
    from qa.benefits import benefit_to_json, benefits_to_csv, find_benefits
    from qa.compose import notices, render

    documents = load_corpus()
    known = {measure.measure_id for document in documents for measure in document.measures}
    if options.measure is not None and options.measure not in known:
        raise UsageError(f"no measure {options.measure!r}; ids are like leqing-2024:28")
    found = find_benefits(
        documents,
        kind=options.kind,
        who=options.who,
        year=options.year,
        measure_id=options.measure,
    )
    if options.csv:
        print(benefits_to_csv(found), end="")
    elif options.json:
        for stated in found:
            print(json.dumps(benefit_to_json(stated), ensure_ascii=False))
    else:
        entries = list(dict.fromkeys(stated.entry for stated in found))
        text = render(
            "benefits.txt.j2",
            benefits=found,
            measures=len({stated.measure.measure_id for stated in found}),
            notices=notices(entries, options.as_of or date.today()),
        )
        print(text, end="")
    return 0
