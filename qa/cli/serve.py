"""`huiwen serve`: the page, the JSON operations and MCP from one process."""

import argparse

from qa.cli.common import Commands


def register(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    serve = commands.add_parser("serve", help="open the page, serve JSON and MCP")
    serve.add_argument("--host", default="127.0.0.1", help="address to bind (default 127.0.0.1)")
    serve.add_argument("--port", type=int, default=7860, help="port (default 7860)")
    serve.add_argument("--workers", type=int, default=1, metavar="N", help="worker processes")
    serve.add_argument("--cache", type=int, default=2048, metavar="N", help="answers remembered")
    serve.add_argument("--no-page", action="store_true", help="JSON operations only")
    serve.add_argument("--no-auth", action="store_true", help="no key even beyond this machine")
    serve.add_argument("--open", action="store_true", help="open the page in a browser")
    serve.add_argument("--log", action="store_true", help="log requests, without questions")
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from qa.api.serving import serve
    from qa.api.settings import Settings

    settings = Settings(page=not options.no_page, log=options.log, cached=options.cache)
    return serve(
        settings,
        host=options.host,
        port=options.port,
        workers=options.workers,
        open_to_all=options.no_auth,
        browse=options.open,
    )
