"""`huiwen index`: checks the index, builds it where needed."""

import argparse

from qa.cli.common import Commands, open_assistant


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    index = commands.add_parser("index", help="check the index, build it where needed")
    index.add_argument("--rebuild", action="store_true", help="build it anew")
    index.set_defaults(run=_index)


def _index(options: argparse.Namespace) -> int:
    from index.home import home

    if options.rebuild:
        import shutil

        for name in ("index", "index-text", "index-library"):
            shutil.rmtree(home() / name, ignore_errors=True)
    assistant = open_assistant()
    print(f"{home() / 'index'}: {len(assistant.library.measures)} passages")
    return 0
