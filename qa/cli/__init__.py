"""The command line: `huiwen ask`, `huiwen corpus`, `huiwen index` and more, one module each.

Exit status: 0 an answer was given (also "not found"), 1 a failure, 2 unusable input.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import entry_points

from corpus.errors import HuiwenError, MissingFileError, UsageError

_PLUGINS = "huiwen.commands"
# Each module has register(commands), which adds its subparser and imports nothing heavy.
_COMMANDS = ("ask", "benefits", "compare", "corpus", "index", "match", "serve")


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
    for name in _COMMANDS:
        import_module(f"qa.cli.{name}").register(commands)
    for plugin in entry_points(group=_PLUGINS):
        commands.add_parser(plugin.name, help=f"see huiwen {plugin.name} --help", add_help=False)
    return parser
