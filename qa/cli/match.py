"""`huiwen match`: which measures fit a firm."""

import argparse
import json
from datetime import date
from pathlib import Path

from corpus.errors import UsageError
from qa.cli.common import Commands, day

_LISTS = {"industry": "industry", "qualification": "qualifications", "need": "needs"}


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    match = commands.add_parser("match", help="find what fits a firm")
    match.add_argument("text", nargs="?", help="the firm in a sentence")
    match.add_argument("--profile", type=Path, metavar="FILE", help="a TOML or JSON file")
    match.add_argument("--industry", action="append", metavar="I", help="行业; may be repeated")
    match.add_argument("--size", metavar="S", help="规上, 规下, 小微 or 个体")
    match.add_argument("--qualification", action="append", metavar="Q", help="资质; repeatable")
    match.add_argument("--need", action="append", metavar="N", help="需求; repeatable")
    match.add_argument("--location", metavar="L", help="所在园区或乡镇")
    match.add_argument("--founded", type=int, metavar="Y", help="year of founding")
    match.add_argument("--list", action="store_true", help="print the values that can be given")
    match.add_argument("--as-of", type=day, metavar="DATE", help="judge validity on this day")
    match.add_argument("--json", action="store_true", help="print JSON")
    match.set_defaults(run=_match)


def _match(options: argparse.Namespace) -> int:
    from corpus.reader import load_corpus
    from qa.compose import compose_match, notices
    from qa.match import match, match_to_json
    from qa.profile import profile_from_json, vocabulary

    if options.list:
        for name, values in vocabulary().items():
            print(f"{name}: {' '.join(values)}")
        return 0
    profile = profile_from_json(_table(options))
    result = match(load_corpus(), profile, options.as_of or date.today())
    banners = notices(list(dict.fromkeys(m.entry for m in result.matches)), result.as_of)
    if options.json:
        print(json.dumps(match_to_json(result, banners), ensure_ascii=False))
        return 0
    text = compose_match(result, banners)
    print(text, end="")
    return 0


def _table(options: argparse.Namespace) -> dict[str, object]:
    """The profile as a table: the sentence, then the file, then single options on top."""
    from qa.profile import profile_from_text, profile_to_json, read_profile

    table: dict[str, object] = {}
    if options.text is not None:
        table |= {k: v for k, v in profile_to_json(profile_from_text(options.text)).items() if v}
    if options.profile is not None:
        table |= {k: v for k, v in profile_to_json(read_profile(options.profile)).items() if v}
    for option, name in _LISTS.items():
        if getattr(options, option):
            table[name] = getattr(options, option)
    for name in ("size", "location", "founded"):
        if getattr(options, name) is not None:
            table[name] = getattr(options, name)
    if not table and options.text is None:
        raise UsageError("no profile; give a sentence, --profile FILE or options (see --list)")
    return table
