"""`yishi up`: the pages and the worker, together."""

import argparse
import os

NAME = "up"
HELP = "serve the pages and run the worker, until Ctrl-C or SIGTERM"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `up`."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes that answer pages")
    parser.add_argument("--every", type=float, default=15, help="seconds from tick to tick")
    parser.add_argument("--only", choices=("web", "worker"), help="one of the two alone")


def run(options: argparse.Namespace) -> int:
    """Ends with the code of what ended."""
    from yishi.cli import together
    from yishi.jobs import worker

    if options.only == "worker":
        worker.run(options.every, parent=os.getppid())
        return 0
    if options.only == "web":
        return together.serve_web(options.host, options.port, options.workers)
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.jobs.prepare import furnish, is_empty, is_migrated
    from yishi.phrases.operate import say_checked

    together.need_free(options.host, options.port)
    if not is_migrated():
        raise Fault(say_checked("tables_none" if is_empty() else "tables_old", {}))
    furnish()
    address = f"http://{options.host}:{options.port}"
    return together.serve(
        options.host,
        options.port,
        options.workers,
        options.every,
        ready=lambda: say(_("Serving on %(address)s") % {"address": address}),
    )
