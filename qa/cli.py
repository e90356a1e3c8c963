"""The command line: `huiwen ask`, `huiwen corpus export`, `huiwen index`, and registered commands.

Exit status: 0 an answer was given (also "not found"), 1 a failure, 2 unusable input.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from corpus.errors import HuiwenError, MissingFileError, UsageError

if TYPE_CHECKING:
    from qa.assistant import Assistant

_PLUGINS = "huiwen.commands"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command.

    Args:
        arguments: Command line without the program's name; by default the process'.

    Returns:
        Exit status.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    _use_utf8()
    try:
        for plugin in entry_points(group=_PLUGINS) if words else ():
            if plugin.name == words[0]:
                status: int = plugin.load()(words[1:])
                return status
        options = _parser().parse_args(words)
        result: int = options.run(options)
        return result
    except (UsageError, MissingFileError) as error:
        print(f"huiwen: {error}", file=sys.stderr)
        return 2
    except HuiwenError as error:
        print(f"huiwen: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough; nothing is left to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _use_utf8() -> None:
    """Answers are Chinese whatever the terminal's locale says."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huiwen", description="惠问: cited answers from policies")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer a question")
    what = ask.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", help="the question")
    what.add_argument("--batch", metavar="FILE", help="JSON lines {qid, question}; - is stdin")
    ask.add_argument("--document", metavar="ID", help="only this document")
    ask.add_argument("--year", type=int, metavar="Y", help="only the document of this year")
    ask.add_argument(
        "--section", metavar="S", help="only sections of this number or with this in their title"
    )
    ask.add_argument("--unit", metavar="U", help="only measures of this unit")
    ask.add_argument("--top-k", type=int, metavar="N", help="most citations (default 10)")
    ask.add_argument("--as-of", type=_day, metavar="DATE", help="judge validity on this day")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.add_argument("--explain", action="store_true", help="print why each measure ranks so")
    ask.add_argument("--no-aliases", action="store_true", help="do not use noted questions")
    ask.set_defaults(run=_ask)

    corpus = commands.add_parser("corpus", help="the documents").add_subparsers(required=True)
    export = corpus.add_parser("export", help="print every record as a JSON line")
    export.set_defaults(run=_export)

    index = commands.add_parser("index", help="check the index, build it where needed")
    index.add_argument("--rebuild", action="store_true", help="build it anew")
    index.set_defaults(run=_index)
    for plugin in entry_points(group=_PLUGINS):
        commands.add_parser(plugin.name, help=f"see huiwen {plugin.name} --help", add_help=False)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2024-06-30") from None


def _open(*, use_aliases: bool = True) -> "Assistant":
    from qa.assistant import Assistant  # numpy, faiss and bm25s take most of a cold start
    from qa.library import open_library

    library = open_library(use_aliases=use_aliases)
    if library.notice:
        print(f"huiwen: built the index anew: {library.notice}", file=sys.stderr)
    return Assistant(library)


def _ask(options: argparse.Namespace) -> int:
    # A batch file is read before the index is opened: its mistakes show at once.
    lines = list(_batch(options.batch)) if options.batch else []
    assistant = _open(use_aliases=not options.no_aliases)
    from qa.answer import answer_to_json
    from qa.assistant import DEFAULT_TOP_K
    from qa.filters import Filters

    filters = Filters(options.document, options.year, options.section, options.unit)
    top_k = DEFAULT_TOP_K if options.top_k is None else options.top_k
    for qid, question in lines:
        answer = assistant.ask(question, filters=filters, top_k=top_k, as_of=options.as_of)
        print(json.dumps(answer_to_json(answer.with_qid(qid)), ensure_ascii=False))
    if options.batch:
        return 0
    answer = assistant.ask(options.question, filters=filters, top_k=top_k, as_of=options.as_of)
    if options.json:
        print(json.dumps(answer_to_json(answer), ensure_ascii=False))
    else:
        print(answer.text, end="")
    if options.explain and answer.status != "invalid":
        from qa.explain import explain

        # Beside JSON the table goes where it does not spoil it.
        stream = sys.stderr if options.json else sys.stdout
        print(explain(assistant, options.question, filters, top_k), end="", file=stream)
    return 2 if answer.status == "invalid" else 0


def _batch(name: str) -> Iterator[tuple[str | None, str]]:
    if name == "-":
        yield from _rows(sys.stdin, "standard input")
        return
    try:
        with Path(name).open(encoding="utf-8-sig") as stream:
            yield from _rows(stream, name)
    except FileNotFoundError:
        raise MissingFileError(Path(name), "name a file of JSON lines, or - for stdin") from None
    except (IsADirectoryError, UnicodeDecodeError) as error:
        raise UsageError(f"{name}: not a UTF-8 text file ({error})") from error


def _rows(stream: TextIO, name: str) -> Iterator[tuple[str | None, str]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            qid, question = row.get("qid"), row["question"]
            if not isinstance(question, str):
                raise TypeError("question is no text")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f'{name}, line {number}: not of the form {{"qid": …, "question": …}} ({error!r})'
            ) from error
        yield (None if qid is None else str(qid)), question


def _export(_: argparse.Namespace) -> int:
    from corpus.export import measure_to_json
    from corpus.reader import load_corpus

    for document in load_corpus():
        for measure in document.measures:
            print(json.dumps(measure_to_json(measure), ensure_ascii=False))
    return 0


def _index(options: argparse.Namespace) -> int:
    from index.home import home

    if options.rebuild:
        import shutil

        for name in ("index", "index-text"):  # with and without noted questions
            shutil.rmtree(home() / name, ignore_errors=True)
    assistant = _open()
    print(f"{home() / 'index'}: {len(assistant.library.measures)} passages")
    return 0
