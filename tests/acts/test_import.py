"""Cases of another system are taken over: once, with what is wrong reported, through a stop."""

import csv
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.acts.world import NOW, World
from tests.needs import ROOT, shared_data
from yishi.acts.case.import_rows import Batch, Row, Told
from yishi.acts.case.imports import take_over
from yishi.core.case.imported import Imported, kind_of_body, name_units, read_case
from yishi.core.columns import ColumnMap, UnknownUnits
from yishi.core.person import SYSTEM
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.models import Body, Case, Clock, Entry, Link, Place, Report, Seal, Source
from yishi.records.queries.rule import zone
from yishi.rulebook.kinds import column_map
from yishi.rulebook.shipped import shipped_bundle

COLUMNS = column_map(shipped_bundle("mapping", "pingshan"))


def cells(their_id: str = "1", **more: str) -> dict[str, str]:
    row = {
        "rec_id": their_id,
        "created": "2018-02-28 23:30:00",
        "street": "望江街道",
        "community": "柳荫社区",
        "type": "市政设施",
        "main": "公用部件",
        "sub": "下水井盖",
        "nature": "投诉",
        "channel": "12345",
        "unit": "区城市管理局",
        "unit_id": "1583",
        "closed_in_time": "1",
        "closed_overdue": "0",
    }
    return row | more


def bring(
    world: World,
    *rows: dict[str, str],
    who: object = SYSTEM,
    columns: ColumnMap = COLUMNS,
    place: str = "清河区",
) -> Batch | Refusal:
    read = (read_case(row, columns, zone(), NOW) for row in rows)
    return take_over(
        world.ask(who),  # type: ignore[arg-type]
        world.places[place],
        "pingshan",
        columns,
        [Row(line, row) for line, row in enumerate(rows, 2)],
        name_units(one for one in read if isinstance(one, Imported)),
    )


def test_one_row_becomes_one_archived_case(world: World) -> None:
    assert bring(world, cells("9148"), who="管理员") == Batch(entered=1)
    case = Case.objects.get(is_imported=True)
    assert (case.state, case.is_open, case.due_at) == ("archived", False, None)
    assert case.filed_at == datetime(2018, 2, 28, 15, 30, tzinfo=UTC)
    assert case.number.startswith("1802")
    assert (case.place.name, case.lead and case.lead.name) == ("柳荫社区", "区城市管理局")
    assert (case.item_title, case.line) == ("下水井盖", "市政设施 · 公用部件 · 下水井盖")
    assert (case.nature, case.channel) == ("complaint", "hotline_12345")
    report = Report.objects.get()
    assert (report.number, report.words, report.person) == (case.number, case.line, None)
    assert Link.objects.get().case == case
    source = Source.objects.get()
    assert (source.their_id, source.asserted_on_time) == ("9148", True)
    assert source.asserted_unit == "区城市管理局"
    assert Clock.objects.count() == 0
    entry = Entry.objects.get(subject_uid=case.uid)
    assert (entry.code, entry.role, entry.subject_no) == ("case.imported", "administrator", 1)
    names = {
        name.partition(":")[0]
        for name in Seal.objects.filter(entry=entry).values_list("name", flat=True)
    }
    assert names >= {"case", "report"}


@pytest.mark.parametrize(
    ("closed", "overdue", "asserted"),
    [("1", "0", True), ("0", "1", False), ("-", "-", None), ("1", "-", True), ("-", "1", False)],
)
def test_what_the_source_asserts_is_kept_as_asserted(
    world: World, closed: str, overdue: str, asserted: bool | None
) -> None:
    bring(world, cells(closed_in_time=closed, closed_overdue=overdue))
    assert Source.objects.get().asserted_on_time is asserted


def test_the_same_rows_again_are_left_alone(world: World) -> None:
    rows = [cells(str(number)) for number in range(3)]
    assert bring(world, *rows) == Batch(entered=3)
    assert bring(world, *rows, cells("3")) == Batch(entered=1, again=3)
    entries = Entry.objects.count()
    assert bring(world, *rows) == Batch(again=3)
    assert (Case.objects.count(), Entry.objects.count()) == (4, entries)


def test_a_changed_row_is_reported_and_changes_nothing(world: World) -> None:
    bring(world, cells("7"))
    batch = bring(world, cells("7", closed_in_time="0", closed_overdue="1"), cells("8"))
    assert isinstance(batch, Batch)
    assert (batch.entered, batch.again) == (1, 0)
    assert [(told.line, told.their_id, told.refusal.code) for told in batch.told] == [
        (2, "7", "row_changed")
    ]
    assert Source.objects.get(their_id="7").asserted_on_time is True


def test_a_row_twice_in_one_file(world: World) -> None:
    batch = bring(world, cells("7"), cells("7"), cells("7", sub="上水井盖"))
    assert isinstance(batch, Batch)
    assert (batch.entered, batch.again, len(batch.told)) == (1, 1, 1)


def test_good_rows_enter_and_bad_ones_are_told_about(world: World) -> None:
    wrong = [
        cells(""),
        cells("2", created="2018-02-30 10:00:00"),
        cells("3", created="2099-01-01 10:00:00"),
        cells("4", nature="举报"),
        cells("5", closed_in_time="1", closed_overdue="1"),
        cells("6", type="-"),
        cells("7", sub="盖" * 81),
    ]
    batch = bring(world, *wrong, cells("9"))
    assert isinstance(batch, Batch)
    assert batch.entered == 1
    assert [(told.line, told.their_id, told.refusal.code) for told in batch.told] == [
        (2, "", "cell_required"),
        (3, "2", "cell_not_time"),
        (4, "3", "cell_in_future"),
        (5, "4", "cell_unknown_value"),
        (6, "5", "assertions_differ"),
        (7, "6", "cell_required"),
        (8, "7", "cell_too_long"),
    ]


def test_unknown_places_and_units_are_made_or_reported_as_the_map_says(world: World) -> None:
    new = cells("1", street="新街道", community="新社区", unit="新单位", unit_id="77")
    strict = ColumnMap(**{**vars(COLUMNS), "unknown_units": UnknownUnits.REPORT})
    assert bring(world, new, cells("2", unit="新单位", unit_id="77"), columns=strict) == Batch(
        told=[
            Told(2, "1", Refusal("place_unknown", need="清河区", have="新街道")),
            Told(3, "2", Refusal("unit_unknown", have="新单位")),
        ]
    )
    assert not Body.objects.filter(name="新单位").exists()
    assert bring(world, new) == Batch(entered=1)
    place = Place.objects.get(name="新社区")
    assert (place.kind, place.parent and place.parent.name) == ("community", "新街道")
    assert place.line == f"{place.parent and place.parent.line}{place.pk}."
    assert Body.objects.get(name="新单位").code == "pingshan-77"


def test_cells_that_are_not_known_stay_unknown(world: World) -> None:
    bring(world, cells(street="-", community="-", unit="-", nature="-", channel="-", sub="-"))
    case = Case.objects.get()
    assert (case.place.name, case.lead, case.nature, case.channel, case.item_title) == (
        "清河区",
        None,
        "",
        "unknown",
        "公用部件",
    )


def test_below_a_sub_district_only_its_own_is_taken_over(world: World) -> None:
    batch = bring(world, cells("1"), cells("2", street="别的街道"), place="望江街道")
    assert isinstance(batch, Batch)
    assert (batch.entered, [told.refusal.have for told in batch.told]) == (1, ["别的街道"])


def test_a_unit_is_known_by_their_number_and_named_apart() -> None:
    def unit(code: str, name: str, within: str = "") -> Imported:
        filled = f"{name}（{within}）" if within else name
        read = read_case(cells(unit=filled, unit_id=code), COLUMNS, zone(), NOW)
        assert isinstance(read, Imported)
        return read

    rows = [
        unit("1805", "老坑社区"),
        unit("1805", "老坑社区", "龙田街道办事处"),
        unit("1772", "城管办", "坑梓街道办事处"),
        unit("1744", "城管办", "坪山街道办事处"),
        unit("9770", "区指挥中心"),
        unit("9770", "区指挥中心处置"),
        unit("9770", "区指挥中心"),
    ]
    assert name_units(rows) == {
        "1805": "老坑社区",
        "1772": "城管办（坑梓街道办事处）",
        "1744": "城管办（坪山街道办事处）",
        "9770": "区指挥中心",
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("老坑社区", BodyKind.RESIDENTS_COMMITTEE),
        ("石井社区工作站", BodyKind.RESIDENTS_COMMITTEE),
        ("坪山自来水有限公司", BodyKind.COMPANY),
        ("坑梓街道办事处", BodyKind.SUBDISTRICT_OFFICE),
        ("城管办（坑梓街道办事处）", BodyKind.DEPARTMENT),
    ],
)
def test_what_a_name_says_a_unit_is(name: str, kind: BodyKind) -> None:
    assert kind_of_body(name) == kind


def test_only_the_administrator_or_the_machine_imports(world: World) -> None:
    for who in ("分拨员老赵", "街道主任", "王桂英"):
        answer = bring(world, cells(), who=who)
        assert isinstance(answer, Refusal)
        assert answer.code == "not_yours"
    assert Case.objects.count() == 0


def real_rows() -> list[dict[str, str]]:
    with shared_data("appeals_pingshan2018", "cases.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        return list(csv.DictReader(file))


def test_the_real_cases_are_counted_exactly(world: World) -> None:
    rows = real_rows()
    read = [read_case(row, COLUMNS, zone(), NOW) for row in rows]
    units = name_units(one for one in read if isinstance(one, Imported))
    whole = [Row(line, row) for line, row in enumerate(rows, 2)]
    entered = 0
    for begin in range(0, len(whole), 500):
        batch = take_over(
            world.ask(SYSTEM),
            world.places["清河区"],
            "pingshan",
            COLUMNS,
            whole[begin : begin + 500],
            units,
        )
        assert isinstance(batch, Batch)
        assert batch.told == []
        entered += batch.entered
    assert entered == 6952
    asserted = Counter(Source.objects.values_list("asserted_on_time", flat=True))
    assert asserted == {True: 6236, False: 714, None: 2}
    assert Case.objects.filter(lead__isnull=True).count() == 14
    assert Entry.objects.filter(code="case.imported").count() == 6952
    assert Place.objects.filter(line__startswith=world.places["清河区"].line).count() == 4 + 6 + 23
    assert Case.objects.filter(filed_at__lt=datetime(2018, 2, 8, tzinfo=UTC)).count() == 0
    assert {case.date() for case in Case.objects.values_list("filed_at", flat=True)} <= {
        date.fromordinal(day)
        for day in range(date(2018, 2, 8).toordinal(), date(2018, 11, 1).toordinal())
    }


def test_killed_in_the_middle_it_goes_on(tmp_path: Path) -> None:
    table = tmp_path / "cases.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, cells().keys())
        writer.writeheader()
        writer.writerows(cells(str(number)) for number in range(6_000))
    env = os.environ | {
        "YISHI_VAR": str(tmp_path),
        # Its own SQLite file in that folder, whatever the other tests run on.
        "YISHI_DATABASE_URL": "",
        "YISHI_MODE": "test",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "yishi.site.settings",
        "LANG": "zh_CN.UTF-8",
    }
    subprocess.run([sys.executable, "-c", PREPARE], env=env, check=True, timeout=300)
    command = [sys.executable, "-m", "yishi.cli", "import-cases", str(table)]
    command += ["--map", "pingshan", "--place", "p0"]
    killed = subprocess.Popen(
        command, env=env, stderr=subprocess.PIPE, cwd=tmp_path, start_new_session=True
    )
    assert killed.stderr is not None
    for line in killed.stderr:
        if not line.startswith(b"0/"):
            break
    time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait(timeout=30)
    again = subprocess.run(
        command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert again.returncode == 0, again.stderr
    taken, before, left_out = (int(number) for number in re.findall(r"\d+", again.stdout))
    assert left_out == 0
    assert 0 < before < 6_000
    assert before % 500 == 0
    assert taken + before == 6_000
    counted = subprocess.run(
        [sys.executable, "-c", COUNT], env=env, capture_output=True, text=True, timeout=300
    )
    assert counted.stdout.split() == ["6000"] * 5


PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from tests.acts.world import make_world
make_world()
"""
COUNT = """
import django
django.setup()
from yishi.records.models import Case, Entry, Link, Report, Source
print(Case.objects.count(), Report.objects.count(), Link.objects.count(), Source.objects.count(),
      Entry.objects.filter(code="case.imported").count())
"""


def test_statements_do_not_grow_with_the_rows(
    world: World, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    bring(world, cells("0"))
    for size in (5, 30):
        with django_assert_max_num_queries(29):
            bring(world, *(cells(f"{size}-{number}") for number in range(size)))
