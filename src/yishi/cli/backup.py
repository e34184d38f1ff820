"""`yishi backup`: a copy of everything but the keys, while people go on working."""

import argparse
from pathlib import Path

NAME = "backup"
HELP = "copy database, files and log into a new folder, while people go on working"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `backup`."""
    parser.add_argument("target", type=Path, help="a folder that does not exist or is empty")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the keys, into an own archive")


def run(options: argparse.Namespace) -> int:
    """0 where the copy is whole."""
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.jobs import backup
    from yishi.records.wallclock import now

    try:
        manifest = backup.backup(options.target, now())
    except backup.BackupFailed as failed:
        raise Fault(_("No backup was made: %(why)s.") % {"why": failed}) from failed
    size = sum(said[0] for said in manifest["files"].values())
    say(
        _("Backup in %(folder)s: %(count)s files, %(size)s MB.")
        % {"folder": options.target, "count": len(manifest["files"]), "size": size // 1_000_000}
    )
    if options.keys:
        backup.keys(options.keys)
        say(_("Keys in %(file)s. Keep them elsewhere than the backup.") % {"file": options.keys})
    else:
        say(_("The keys are not in it. Copy them once with --keys FILE and keep them elsewhere."))
    return 0
