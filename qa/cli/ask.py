"""`huiwen ask`: one question, or a batch of them."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from corpus.errors import MissingFileError, UsageError
from qa.cli.common import Commands, day, open_assistant


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
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
    ask.add_argument("--as-of", type=day, metavar="DATE", help="judge validity on this day")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.add_argument("--explain", action="store_true", help="print why each measure ranks so")
    ask.add_argument(
        "--plain",
        action="store_true",
        help="only search: no lists, comparisons or restriction to what the question states",
    )
    ask.add_argument("--no-aliases", action="store_true", help="do not use noted questions")
    ask.set_defaults(run=_ask)


def _ask(options: argparse.Namespace) -> int:
    # A batch file is read before the index is opened: its mistakes show at once.
    lines = list(_batch(options.batch)) if options.batch else []
    assistant = open_assistant(use_aliases=not options.no_aliases)
    from qa.answer import answer_to_json
    from qa.assistant import DEFAULT_TOP_K
    from qa.filters import Filters

    filters = Filters(options.document, options.year, options.section, options.unit)
    top_k = DEFAULT_TOP_K if options.top_k is None else options.top_k
    for qid, question in lines:
        answer = assistant.ask(
            question, filters=filters, top_k=top_k, as_of=options.as_of, plain=options.plain
        )
        print(json.dumps(answer_to_json(answer.with_qid(qid)), ensure_ascii=False))
    if options.batch:
        return 0
    answer = assistant.ask(
        options.question, filters=filters, top_k=top_k, as_of=options.as_of, plain=options.plain
    )
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
