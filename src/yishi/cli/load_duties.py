"""`yishi load-duties`: publishes a responsibility list, all of it or nothing."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from yishi.core.columns import ColumnMap
from yishi.core.duty import DutyRow
from yishi.core.refusal import Refusal
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import RuleFileError

NAME = "load-duties"
HELP = "load a responsibility list from a table or a rule file; a newer version replaces an older"
SHOWN = 40


def arguments(parser: ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("file", type=Path, help="a CSV file or a workbook, or a TOML rule file")
    parser.add_argument("--map", default="", help="a column map: a shipped id or a TOML file")
    parser.add_argument("--place", required=True, help="the code of the place it holds for")
    parser.add_argument("--name", default="", help="what to call the list (the map's id)")
    parser.add_argument("--version", default="", help="its version (the day it holds from)")
    parser.add_argument(
        "--valid-from", type=date.fromisoformat, help="the day it holds from (today)"
    )


def run(options: Namespace) -> int:
    """Answers 0 when the whole list is in, 2 when nothing was loaded."""
    from django.utils.translation import gettext as _

    from yishi.acts import duty
    from yishi.acts.door import Ask
    from yishi.cli.maps import complain
    from yishi.core.person import SYSTEM
    from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
    from yishi.records.models import Place
    from yishi.records.wallclock import now
    from yishi.rulebook.kinds import duty_rows

    place = Place.objects.filter(code=options.place).first()
    if place is None:
        return complain(Refusal("code_unknown", have=options.place))
    try:
        bundle = _bundle(options)
        if isinstance(bundle, Refusal):
            return complain(bundle)
        answer = duty.load(Ask(SYSTEM, now(), new_uid(SYSTEM_ENTROPY)), place, bundle)
        rows = duty_rows(bundle)
    except (RuleFileError, OSError) as broken:
        return complain(str(broken))
    if isinstance(answer, Refusal):
        return complain(answer)
    print(
        _("%(rows)s rows are in force at %(place)s from %(day)s: %(list)s, version %(version)s")
        % {
            "rows": len(rows),
            "place": place.name,
            "day": bundle.valid_from,
            "list": bundle.id,
            "version": bundle.version,
        }
    )
    unknown = duty.unknown_bodies(place, rows)
    if unknown:
        print(
            _("%(bodies)s leading bodies are not entered here yet; once they are, they are found:")
            % {"bodies": len(unknown)}
        )
        for name, count in unknown.most_common(SHOWN):
            print(f"  {name} ({count})")
        if len(unknown) > SHOWN:
            print("  …")
    return 0


def _bundle(options: Namespace) -> Bundle | Refusal:
    """The list as a rule file: read as one, or made of the rows of a table."""
    from yishi.cli.maps import find_map
    from yishi.cli.rows import read_rows
    from yishi.core.columns import must_have_columns
    from yishi.records.queries.rule import today_of
    from yishi.records.wallclock import now
    from yishi.rulebook.kinds.duties import bundle_of_rows
    from yishi.rulebook.load import load_bundle

    if options.file.suffix == ".toml":
        return load_bundle(options.file)
    columns = find_map(options.map, "duties")
    if isinstance(columns, Refusal):
        return columns
    table = read_rows(options.file)
    if isinstance(table, Refusal):
        return table
    header, lines = table
    lacking = must_have_columns(header, columns)
    if lacking is not None:
        return lacking
    rows = _all_good(lines, columns)
    if isinstance(rows, Refusal):
        return rows
    valid_from = options.valid_from or today_of(now())
    return bundle_of_rows(
        rows,
        id=options.name or columns.id,
        version=options.version or valid_from.isoformat(),
        valid_from=valid_from,
        source=options.file.name,
    )


def _all_good(
    lines: Iterable[tuple[int, Mapping[str, str]]], columns: ColumnMap
) -> list[DutyRow] | Refusal:
    """The rows; or, every wrong one being named on the error stream, `rows_wrong`."""
    from yishi.acts.duty import must_fit
    from yishi.core.columns import read_duty
    from yishi.phrases.row import say_row

    good: list[DutyRow] = []
    seen: dict[tuple[str, str, str], int] = {}
    wrong = 0
    for line, cells in lines:
        row = read_duty(cells, columns)
        if not isinstance(row, Refusal):
            first = seen.setdefault((row.code, row.grade, row.area), line)
            row = Refusal("row_twice", first) if first != line else must_fit([row]) or row
        if isinstance(row, Refusal):
            wrong += 1
            print(f"{line}: {say_row(row)}", file=sys.stderr)
        else:
            good.append(row)
    return Refusal("rows_wrong", have=wrong) if wrong else good
