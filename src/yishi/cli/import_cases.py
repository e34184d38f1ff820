"""`yishi import-cases`: takes over cases handled elsewhere from a CSV file or a workbook."""

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from yishi.core.refusal import Refusal
from yishi.rulebook.problem import RuleFileError

NAME = "import-cases"
HELP = "take over cases from another system's table; run it again after a stop, and it goes on"
SOME_TOLD = 1


def arguments(parser: ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("file", type=Path, help="a CSV file or a workbook")
    parser.add_argument("--map", required=True, help="a column map: a shipped id or a TOML file")
    parser.add_argument("--place", required=True, help="the code of the district they belong to")
    parser.add_argument("--source", default="", help="what to call the source (the map's id)")
    parser.add_argument("--errors", type=Path, help="where to write the rows left out (CSV)")


def run(options: Namespace) -> int:
    """Answers 0 when every row is in, 1 when some were left out, 2 when nothing could be done."""
    from django.utils.translation import gettext as _

    from yishi.acts.case.import_rows import Batch, Row
    from yishi.acts.case.imports import BATCH, take_over
    from yishi.acts.door import Ask
    from yishi.cli.maps import UNUSABLE, complain, find_map
    from yishi.cli.progress import Progress
    from yishi.cli.rows import read_rows
    from yishi.core.case.imported import Imported, name_units, read_case
    from yishi.core.columns import must_have_columns
    from yishi.core.person import SYSTEM
    from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
    from yishi.records.models import Place
    from yishi.records.queries.rule import zone
    from yishi.records.wallclock import now

    try:
        columns = find_map(options.map, "cases")
    except RuleFileError as broken:
        return complain(broken)
    if isinstance(columns, Refusal):
        return complain(columns)
    table = read_rows(options.file)
    if isinstance(table, Refusal):
        return complain(table)
    header, lines = table
    place = Place.objects.filter(code=options.place).first()
    lacking = must_have_columns(header, columns)
    if place is None or lacking is not None:
        return complain(lacking or Refusal("code_unknown", have=options.place))
    source = (options.source or columns.id)[:40]
    moment = now()
    read = (read_case(cells, columns, zone(), moment) for _line, cells in lines)
    units = name_units(one for one in read if isinstance(one, Imported))
    rows = [Row(line, cells) for line, cells in lines]
    total, progress = Batch(), Progress(len(rows))
    for begin in range(0, len(rows), BATCH):
        progress.show(begin)
        ask = Ask(SYSTEM, now(), new_uid(SYSTEM_ENTROPY))
        some = take_over(ask, place, source, columns, rows[begin : begin + BATCH], units)
        if isinstance(some, Refusal):
            progress.end()
            return complain(some)
        total.entered += some.entered
        total.again += some.again
        total.told += some.told
    progress.show(len(rows))
    progress.end()
    print(
        _("%(entered)s taken over, %(again)s here already, %(told)s left out")
        % {"entered": total.entered, "again": total.again, "told": len(total.told)}
    )
    if not total.told:
        return 0
    errors = options.errors or Path(f"{options.file.stem}-left-out.csv")
    try:
        write_errors(errors, total.told)
    except OSError as broken:
        return complain(str(broken)) or UNUSABLE
    print(_("The rows left out, and why: %(file)s") % {"file": errors})
    return SOME_TOLD


def write_errors(path: Path, told: Iterable[object]) -> None:
    """A table for whoever mends theirs: line, their id, why. Opens in a spreadsheet."""
    from django.utils.translation import gettext as _

    from yishi.acts.case.import_rows import Told
    from yishi.phrases.row import say_row

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("Line"), _("Their number"), _("Why it was left out")])
        for one in told:
            assert isinstance(one, Told)
            writer.writerow([one.line, _plain(one.their_id), _plain(say_row(one.refusal))])


def _plain(words: str) -> str:
    """A cell a spreadsheet will not take for a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
