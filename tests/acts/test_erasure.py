"""A resident deletes their account: nothing of them is left anywhere, and the log verifies."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.acts.world import NOW, STARS, World, appoint_overseer
from yishi.acts import erasure, exclusion, listed, oversight, report
from yishi.acts.case import closing, handling, intake
from yishi.acts.case.merging import merge_one
from yishi.acts.door import Done
from yishi.acts.report import Words, thread
from yishi.core.refusal import Refusal
from yishi.jobs.sequence import sequence
from yishi.jobs.verify.whole import verify
from yishi.jobs.verify.wrong import Looked
from yishi.records.files import file_path, store, sweep
from yishi.records.index import tidy
from yishi.records.models import Case, Message, Person, Rating, Report, StoredFile

# Distinct strings, so that a trace of any of them is theirs.
NAME, PHONE, WORDS, SPOT = "欧阳芷若", "+8613612345678", "鸢尾花丛旁井盖没了", "紫藤架下"
MORE, RATED, NOTE = "昨夜有人崴脚", "辛苦各位师傅", "欧阳芷若说周五在家"
TRACES = (NAME, "芷若", "13612345678", "鸢尾", "紫藤", "崴脚", "师傅", "周五在家")


@pytest.fixture
def person(world: World) -> Person:
    row = world.person(NAME, PHONE)
    Person.objects.filter(pk=row.pk).update(login=row.uid)
    return row


def file(world: World, who: str = NAME, text: str = WORDS) -> str:
    words = Words(
        text,
        building=world.buildings["柳荫1栋"].uid,
        spot=SPOT if who == NAME else "",
        photos=[store(f"photo of {who}".encode(), "image/jpeg")],
    )
    done = report.file(world.ask(who), words)
    assert isinstance(done, Done), done
    return done.uid


def through(world: World, uid: str) -> None:
    """The whole way of a case: added to, handled, answered, rated, archived."""
    own = Report.objects.get(links__case__uid=uid, links__until_at=None, person__isnull=False)
    desk = "社区小周"
    for done in (
        thread.supplement(world.ask(NAME), own.uid, uid, MORE),
        intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["楼道堆物"].uid),
        handling.sign(world.ask(desk), uid),
        handling.contact(world.ask(desk), uid, True, NOTE),
        handling.submit_result(world.ask(desk), uid, "已补好", [store(b"p", "image/jpeg")]),
        closing.check(world.ask("网格员小陈"), uid, True, ""),
        closing.answer(world.ask(desk), uid, f"{NAME}您好，井盖已补好"),
        report.rate(world.ask(NAME), own.uid, uid, True, "satisfied", STARS, RATED),
    ):
        assert isinstance(done, Done), done


def everything() -> str:
    """Every text and document of the database, as it is kept and as it is opened."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("records_searchdoc_fts_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [json.dumps(row, default=str, ensure_ascii=False) for row in cursor]
    for row in Person.objects.all():
        found += [row.name, row.phone, row.email, row.wecom, row.room]
    for kept in Report.objects.all():
        found += [kept.name, kept.phone]
    text = "\n".join(found)
    # SQLite keeps JSON with its signs escaped.
    return re.sub(r"\\+u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)


def test_nothing_of_them_is_left_and_the_log_verifies(world: World, person: Person) -> None:
    uid = file(world)
    photo = StoredFile.objects.get()
    through(world, uid)
    sequence()
    assert [trace for trace in TRACES if trace not in everything()] == []
    done = erasure.erase(world.ask(NAME), sure=True)
    assert isinstance(done, Done), done
    assert [trace for trace in TRACES if trace in everything()] == []
    person.refresh_from_db()
    assert (person.is_active, person.erased_at, person.phone_index) == (False, NOW, "")
    assert Message.objects.filter(recipient=person).count() == 0
    sweep(NOW + timedelta(days=9_000))
    assert not file_path(photo.sha256).exists()
    sequence()
    looked = Looked()
    assert [wrong.code for wrong in verify(looked)] == []
    assert looked.erased > 0


def terms() -> set[str]:
    """The tokens of the index, also of documents that went."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT word FROM ts_stat('SELECT tokens FROM records_searchdoc')")
        else:
            cursor.execute(
                "CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, records_searchdoc_fts, row)"
            )
            cursor.execute("SELECT term FROM temp.seen")
        found = {row[0] for row in cursor.fetchall()}
        if connection.vendor != "postgresql":
            cursor.execute("DROP TABLE temp.seen")
    return found


def test_the_index_forgets_the_words_too(world: World, person: Person) -> None:
    uid = file(world)
    for number in range(5):
        file(world, "李建国", f"第{number}盏路灯不亮")
    own = Report.objects.get(person=person)
    assert "鸢尾" in terms()
    assert isinstance(thread.withdraw(world.ask(NAME), own.uid, uid), Done)
    assert isinstance(erasure.erase(world.ask(NAME), sure=True), Done)
    tidy()
    assert {"鸢尾", "紫藤", "c鸢", "#c鸢"} & terms() == set()


def test_what_others_wrote_beside_the_case_names_nobody(world: World, person: Person) -> None:
    appoint_overseer(world)
    uid = file(world)
    through(world, uid)
    named, body = f"{NAME}家的事", world.bodies["柳荫社区居委会"].uid
    desk, overseer, rating = "社区小周", "监督委员老何", Rating.objects.get()
    asked = exclusion.ask_exclusion(world.ask(desk), rating.uid, "mediation", named)
    due = date(2026, 4, 1)
    entry = listed.open_entry(world.ask(desk), "", body, "楼下井盖", due, named, uid)
    assert isinstance(asked, Done), asked
    assert isinstance(entry, Done), entry
    for done in (
        exclusion.decide_exclusion(world.ask("督查员老冯"), asked.uid, False, named),
        oversight.inspect(world.ask(overseer), uid, "on_site", "as_said", named),
        oversight.write_opinion(world.ask(overseer), "", body, named, uid),
        listed.report_done(world.ask(desk), entry.uid, named),
    ):
        assert isinstance(done, Done), done
    sequence()
    assert isinstance(erasure.erase(world.ask(NAME), sure=True), Done)
    assert [trace for trace in TRACES if trace in everything()] == []
    sequence()
    assert [wrong.code for wrong in verify(Looked())] == []


def test_the_others_of_a_case_keep_their_words(world: World, person: Person) -> None:
    mine, theirs = file(world), file(world, "李建国", "路口的井盖松了")
    done = merge_one(world.ask("分拨员老赵"), theirs, mine, "同一处")
    assert isinstance(done, Done), done
    Case.objects.update(state="archived", is_open=False)
    assert isinstance(erasure.erase(world.ask(NAME), sure=True), Done)
    assert Report.objects.get(person=world.people["李建国"]).words == "路口的井盖松了"
    assert Case.objects.get(uid=mine).line == "路口的井盖松了"


def test_an_open_matter_and_an_office_keep_it(world: World, person: Person) -> None:
    uid = file(world)
    assert erasure.erase(world.ask(NAME), sure=True) == Refusal(
        "erase_open_matters", 0, 1, "matters", "norms.md §5"
    )
    own = Report.objects.get()
    assert isinstance(thread.withdraw(world.ask(NAME), own.uid, uid), Done)
    assert erasure.erase(world.ask(NAME), sure=False) == Refusal("erase_unsure")
    assert erasure.erase(world.ask("分拨员老赵"), sure=True) == Refusal(
        "erase_appointed", 0, 1, "appointments"
    )
    assert isinstance(erasure.erase(world.ask(NAME), sure=True), Done)


def test_the_phone_is_free_and_the_browser_is_signed_out(world: World, person: Person) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/account/erase").content.decode()
    assert "会删掉什么" in page
    assert client.post("/account/erase", {"key": "k1"}).status_code == 422
    answer = client.post("/account/erase", {"key": "k2", "sure": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/account").status_code == 302
    assert Person.objects.with_phone(PHONE) is None
