"""`yishi restore`: a backup into an empty installation, and is it what was saved?"""

import argparse
from pathlib import Path

NAME = "restore"
HELP = "put a backup into an empty folder and database, then verify it"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `restore`."""
    parser.add_argument("source", type=Path, help="the folder that yishi backup made")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the archive of the keys")


def run(options: argparse.Namespace) -> int:
    """0 where the restored installation verifies."""
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.cli.reindex import refill
    from yishi.cli.verify import verify_here
    from yishi.jobs.backup import BackupFailed
    from yishi.jobs.prepare import prepare
    from yishi.jobs.restore import NotRestored, restore
    from yishi.phrases.operate import say_not_restored

    try:
        manifest = restore(options.source, options.keys)
    except NotRestored as refused:
        raise Fault(say_not_restored(refused.code, refused.params)) from refused
    except BackupFailed as failed:
        raise Fault(str(failed)) from failed
    say(_("Restored what was saved at %(at)s.") % {"at": manifest["made_at"]})
    prepare()
    code = verify_here()
    refill()
    return code
