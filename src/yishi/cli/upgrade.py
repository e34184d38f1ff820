"""`yishi upgrade`: backup, tables and search index of this version, is everything as it was?"""

import argparse
from pathlib import Path

NAME = "upgrade"
HELP = "back up, bring the tables to this version, verify"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `upgrade`."""
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the backup goes")


def run(options: argparse.Namespace) -> int:
    """0 where the upgraded installation verifies; else it says how to go back."""
    from django.conf import settings
    from django.core.management import CommandError
    from django.db import DatabaseError
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.cli.reindex import refill
    from yishi.cli.shipped_rules import adopt_law, load_shipped
    from yishi.cli.verify import verify_here
    from yishi.jobs import backup
    from yishi.jobs.prepare import prepare
    from yishi.records.wallclock import now

    moment = now()
    beside = settings.YISHI_VAR.parent / f"{settings.YISHI_VAR.name}-backups"
    target = options.to or beside / f"{moment:%Y%m%d-%H%M%S}"
    try:
        backup.backup(target, moment)
    except backup.BackupFailed as failed:
        raise Fault(_("No backup was made: %(why)s.") % {"why": failed}) from failed
    say(_("Backup in %(folder)s.") % {"folder": target})
    try:
        prepare()
        new = load_shipped()
        law = adopt_law()
    except (CommandError, DatabaseError) as error:
        say(_("The tables could not be changed: %(error)s") % {"error": error}, error=True)
        say(_way_back(target), error=True)
        return 1
    for bundle, place in law:
        say(
            _("New law %(name)s %(version)s: all of %(place)s works by it from today.")
            % {"name": bundle.id, "version": bundle.version, "place": place.name}
        )
    held = [bundle for bundle, _place in law]
    for bundle in new:
        if bundle in held:
            continue
        say(
            _("New rules %(name)s %(version)s are loaded; adopt them under Rules.")
            % {"name": f"{bundle.kind}/{bundle.id}", "version": bundle.version}
        )
    refill()
    code = verify_here()
    say(_way_back(target) if code else _("The tables are those of this version."))
    return code


def _way_back(target: Path) -> str:
    from django.utils.translation import gettext as _

    return _(
        "To go back: install the earlier version, set YISHI_VAR to an empty folder (and "
        "YISHI_DATABASE_URL to an empty database), run: yishi restore %(folder)s, and copy "
        "the folder of keys into it."
    ) % {"folder": target}
