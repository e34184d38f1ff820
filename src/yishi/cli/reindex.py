"""`yishi reindex`: makes the search index anew where it is missing or old."""

import argparse

NAME = "reindex"
HELP = "make the search index anew where it is missing or old"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `reindex`."""
    parser.add_argument(
        "--all",
        action="store_true",
        help="every document: after another redaction rule was adopted or a place was renamed",
    )


def run(options: argparse.Namespace) -> int:
    """0 when every case is in the index."""
    from yishi.records.index import forget

    if options.all:
        forget()
    refill()
    return 0


def refill() -> None:
    """Fills the index where it is missing or old, showing how far it has come. Raises Fault."""
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.cli.progress import Progress
    from yishi.jobs.reindex import reindex, waiting
    from yishi.records.wallclock import now

    total = waiting()
    if not total:
        say(_("The search index is up to date."))
        return
    progress = Progress(total)
    try:
        count = reindex(now(), progress.show)
    except ValueError as error:  # without the data key nobody's name can be cut out
        raise Fault(str(error)) from error
    progress.end()
    say(_("%(count)s matters are in the search index anew.") % {"count": count})
