"""`yishi load-calendar`: loads work-day notices, ours (TOML) or in the holiday-cn JSON format."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from yishi.core.refusal import Refusal
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import RuleFileError

NAME = "load-calendar"
HELP = "load the days off and make-up workdays of one or more years"
SOME_LEFT = 1


def arguments(parser: ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("files", type=Path, nargs="+", help="TOML or JSON files, one a year")


def run(options: Namespace) -> int:
    """Answers 0 when every year is in, 1 when one was refused; the others are loaded."""
    from django.utils.translation import gettext as _

    from yishi.acts import rule
    from yishi.acts.door import Ask
    from yishi.cli.maps import complain
    from yishi.core.person import SYSTEM
    from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
    from yishi.records.wallclock import now
    from yishi.rulebook.kinds import year_of

    status = 0
    for path in options.files:
        try:
            bundle = _bundle(path)
            year = year_of(bundle)
        except (RuleFileError, OSError) as broken:
            complain(str(broken))
            status = SOME_LEFT
            continue
        ask = Ask(SYSTEM, now(), new_uid(SYSTEM_ENTROPY))
        answer = rule.load_calendar(ask, year, bundle.sha256)
        if isinstance(answer, Refusal):
            complain(answer)
            status = SOME_LEFT
            continue
        print(
            _("%(year)s: %(off)s days off, %(work)s make-up workdays")
            % {"year": year.year, "off": len(year.off), "work": len(year.work)}
        )
    return status


def _bundle(path: Path) -> Bundle:
    from yishi.rulebook.kinds.calendar import bundle_of_year_json
    from yishi.rulebook.load import load_bundle

    if path.suffix == ".json":
        return bundle_of_year_json(path.read_bytes(), path.name)
    return load_bundle(path)
