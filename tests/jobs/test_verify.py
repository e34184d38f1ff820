"""A row changed behind the door is named; an untouched installation holds."""

import shutil
from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django import Settings

from tests.acts.test_whole_way import STARS, done, photo
from tests.acts.world import World
from yishi.acts import order, publication, report
from yishi.acts.case import closing, handling, intake
from yishi.acts.report import Words
from yishi.jobs.sequence import sequence
from yishi.jobs.verify.log import PARTS, apart
from yishi.jobs.verify.whole import verify
from yishi.jobs.verify.wrong import Looked, Wrong
from yishi.phrases.verify import say_wrong
from yishi.records.files import file_path
from yishi.records.log import published
from yishi.records.models import Case, Entry, Order, Report, Seal, StoredFile


@pytest.fixture
def case(world: World) -> Case:
    """A case on its whole way: filed, dispatched, handled, checked, answered, rated, published."""
    building = world.buildings["柳荫1栋"].uid
    filed = done(report.file(world.ask("王桂英"), Words("井盖不见了", building=building)))
    uid = filed.uid
    done(intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["井盖缺失"].uid))
    done(order.issue(world.ask("督查员老冯"), uid, "请当天办结"))
    done(handling.sign(world.ask("城管小孙"), uid))
    done(handling.sign(world.ask("水务小吴"), uid))
    done(handling.contact(world.ask("城管小孙"), uid, True, "已电话告知"))
    done(handling.submit_result(world.ask("水务小吴"), uid, "不是水务井盖", [photo()]))
    done(handling.submit_result(world.ask("城管小孙"), uid, "已换新井盖", [photo()]))
    done(closing.check(world.ask("网格员小陈"), uid, True, "井盖完好"))
    done(closing.answer(world.ask("城管小孙"), uid, "井盖已换好。"))
    own = Report.objects.get(links__case__uid=uid)
    done(report.rate(world.ask("王桂英"), own.uid, uid, True, "satisfied", STARS, "很快"))
    done(publication.draft(world.ask("社区小周"), uid, "facility", "井盖", "井盖丢失", "已换"))
    done(publication.review(world.ask("分拨员老赵"), uid))
    done(publication.sign_off(world.ask("街道主任"), uid))
    sequence()
    return Case.objects.get(uid=uid)


def found(looked: Looked | None = None) -> list[Wrong]:
    return list(verify(looked or Looked()))


def raw(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, statement


def test_an_untouched_installation_holds(case: Case) -> None:
    looked = Looked()
    assert found(looked) == []
    assert looked.entries == looked.size == Entry.objects.count()
    assert (looked.cases, looked.files, looked.pending, looked.erased) == (1, 1, 0, 0)
    assert looked.outside == 0


CHANGES: dict[str, tuple[str, tuple[object, ...], list[str]]] = {
    "state": (
        "UPDATE records_case SET state = %s",
        ("archived",),
        ["row_changed", "case_state"],
    ),
    "how often dissatisfied": ("UPDATE records_case SET dissatisfied = 2", (), ["row_changed"]),
    "version": ("UPDATE records_case SET version = 3", (), ["case_version"]),
    "words": ("UPDATE records_report SET words = %s", ("灯不亮",), ["text_changed"]),
    "answer": ("UPDATE records_report SET answer = %s", ("不受理",), ["text_changed"]),
    "answer emptied": ("UPDATE records_report SET answer = ''", (), ["text_changed"]),
    "signing time": (
        "UPDATE records_assignment SET signed_at = %s WHERE is_lead",
        ("2026-03-11 01:00:01+00:00",),
        ["row_changed"],
    ),
    "result": (
        "UPDATE records_assignment SET result = %s WHERE is_lead",
        ("已派人看过",),
        ["text_changed"],
    ),
    "answer of an order": ("UPDATE records_order SET answer = %s", ("已办",), ["text_unsealed"]),
    "stars": ("UPDATE records_rating SET speed = 1", (), ["row_changed"]),
    "publication": ("UPDATE records_publication SET text = %s", ("无",), ["text_changed"]),
    "clock": (
        "UPDATE records_clock SET due_at = %s WHERE kind = 'intake'",
        ("2027-01-01 00:00:00+00:00",),
        ["row_changed"],
    ),
    "story": (
        "UPDATE records_entry SET code = 'case.check_failed' WHERE code = 'case.check_passed'",
        (),
        ["entry_columns"],
    ),
    "order removed": ("DELETE FROM records_order", (), ["row_missing"]),
    "salt removed": (
        "DELETE FROM records_seal WHERE name LIKE %s",
        ("rating:%",),
        ["seal_missing", "seal_missing"],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_in_the_database_is_named(what: str, case: Case) -> None:
    statement, values, codes = CHANGES[what]
    raw(statement, *values)
    wrong = found()
    assert [each.code for each in wrong] == codes
    for each in wrong:
        assert say_wrong(each.code, each.params)


def test_the_sentence_names_row_number_act_and_time(case: Case) -> None:
    raw("UPDATE records_report SET answer = %s", "不受理")
    [wrong] = found()
    own = Report.objects.get()
    entry = Entry.objects.get(code="case.answered")
    assert {name: wrong.params[name] for name in ("table", "uid", "text", "number", "act")} == {
        "table": "records_report",
        "uid": own.uid,
        "text": "answer",
        "number": own.number,
        "act": "case.answered",
    }
    assert (wrong.params["at"], wrong.params["seq"]) == (entry.at, entry.seq)


def test_a_row_put_in_without_an_act_is_named(case: Case) -> None:
    row = Order.objects.get()
    row.pk, row.uid = None, "abcdefghij0123456789"
    row.save(force_insert=True)
    assert [(each.code, each.params["uid"]) for each in found()] == [
        ("row_unsealed", "abcdefghij0123456789"),
        ("text_unsealed", "abcdefghij0123456789"),
    ]


def test_an_entry_taken_out_or_rewritten_is_named(case: Case) -> None:
    checked = Entry.objects.get(code="case.check_passed")
    leaf = bytes(checked.leaf).replace(b'"passed":1', b'"passed":0')
    raw("UPDATE records_entry SET leaf = %s WHERE id = %s", leaf, checked.pk)
    last = Entry.objects.get(code="publication.signed_off")
    Seal.objects.filter(entry=last).delete()
    last.delete()
    wrong = [(each.code, each.params.get("seq")) for each in found()]
    assert ("entry_differs", checked.seq) in wrong
    assert ("entry_missing", last.seq) in wrong


def test_an_erased_text_is_counted_and_no_fault(case: Case) -> None:
    raw("DELETE FROM records_seal WHERE name LIKE %s", "report:%.words")
    raw("UPDATE records_report SET words = ''")
    looked = Looked()
    assert found(looked) == []
    assert looked.erased > 0


def test_entries_not_under_a_checkpoint_are_counted(world: World, case: Case) -> None:
    done(report.file(world.ask("李建国"), Words("灯不亮", building=world.buildings["柳荫2栋"].uid)))
    looked = Looked()
    assert found(looked) == []
    assert looked.pending == 1


def lost(name: str) -> None:
    file_path(name).unlink()


def rotten(name: str) -> None:
    file_path(name).write_bytes(b"other bytes")


@pytest.mark.parametrize(("harm", "code"), [(lost, "file_missing"), (rotten, "file_changed")])
def test_a_file_that_is_gone_or_changed_is_named(
    harm: Callable[[str], None], code: str, case: Case
) -> None:
    name = StoredFile.objects.get().sha256
    harm(name)
    assert [(each.code, each.params["number"]) for each in found()] == [(code, case.number)]


def test_a_tampered_tile_and_bundle_are_named(case: Case) -> None:
    for path in published().files():
        if "tile/0" in str(path):
            path.write_bytes(bytes(32) + path.read_bytes()[32:])
    assert [(each.code, each.params["code"]) for each in found()] == [("log", "tile_differs")]


def test_a_checkpoint_kept_outside_finds_a_rewrite(case: Case) -> None:
    kept = published().notes()[-1]
    looked = Looked()
    assert list(verify(looked, outside=[kept])) == []
    assert looked.outside == 1
    shutil.rmtree(published().folder / "tile")
    (published().folder / "checkpoints").unlink()
    raw("UPDATE records_entry SET seq = seq + 1000")
    raw("UPDATE records_entry SET seq = NULL")
    raw("UPDATE records_entry SET code = 'case.refused' WHERE code = 'case.dispatched'")
    Entry.objects.filter(code="case.refused").update(
        leaf=bytes(Entry.objects.get(code="case.refused").leaf).replace(
            b"case.dispatched", b"case.refused"
        )
    )
    sequence()
    assert found() == []
    assert [each.params["code"] for each in verify(Looked(), outside=[kept])] == ["root_differs"]


def test_who_must_differ_comes_from_the_permit_table() -> None:
    rules = apart()
    assert set(rules) == {
        "case.check",
        "case.call_back",
        "case.rule",
        "case.still_unsolved",
        "case.decide_extension",
        "case.decide_suspension",
        "exclusion.decide",
        "finding.record",
        "instant.approve",
        "instant.refuse",
        "listed.close",
        "meeting.sign_off",
        "method.approve",
        "method.file",
        "method.review",
        "oversight.inspect",
        "project.accept",
        "project.add_quotation",
        "project.build_selves",
        "project.confirm_pledge",
        "project.contract",
        "project.decide_change",
        "project.decline_pledge",
        "project.fund",
        "project.hand_over",
        "project.lower_pledge",
        "project.pay",
        "project.reverse_payment",
        "project.score",
        "project.settle",
        "project.stop",
        "project.take_quotation",
        "project.watch",
        "proposal.join",
        "proposal.part",
        "proposal.pass",
        "proposal.refuse",
        "publication.review",
        "publication.sign_off",
        "topic.accept",
        "topic.call_back",
        "topic.review",
        "topic.rule_objection",
        "topic.score",
        "topic.watch",
        "vote.rule_roll",
    }
    assert {"case.submit_result", "case.sign", "case.contact"} <= rules["case.check"].acts
    assert rules["publication.sign_off"].acts == {"publication.draft", "publication.review"}
    assert PARTS["case.check"] == "checked"
    assert rules["topic.accept"].acts == {"topic.report_done", "topic.report_failed"}
    assert {"topic.raise", "topic.raise_cases"} <= rules["topic.review"].acts
    assert rules["method.approve"].acts == {"method.copy", "method.change"}
    assert "proposal.file" in rules["proposal.pass"].acts
    assert rules["project.accept"].acts == {"project.reach_milestone", "project.report_built"}


def test_without_any_key_nothing_is_believed(case: Case, settings: Settings) -> None:
    shutil.rmtree(settings.YISHI_KEYS_DIR)
    (published().folder / "key").unlink()
    assert [each.code for each in found()][:1] == ["no_key"]
