"""What supervision wrote is sealed: a look, an opinion, a finding, an entry of the dated list."""

from datetime import date, timedelta

import pytest

from tests.acts.world import NOW, World, appoint_overseer
from tests.jobs.test_verify import found, raw
from tests.web.town import answered, done
from yishi.acts import finding, listed, oversight
from yishi.jobs.sequence import sequence
from yishi.records.models import Case, Listed


@pytest.fixture
def supervised(world: World) -> Case:
    """An answered case that was drawn, looked at, written about and found against."""
    appoint_overseer(world)
    case = Case.objects.get(number=answered(world).number)
    ask, he = world.ask, "监督委员老何"
    body = world.bodies["柳荫社区居委会"].uid
    done(oversight.sample(ask(he), case.place.uid))
    done(oversight.inspect(ask(he), case.uid, "on_site", "not", "还堆着"))
    opinion = done(oversight.write_opinion(ask(he), "", body, "请当天清理", case.uid))
    done(oversight.reply(ask("社区小周"), opinion.uid, "已清理"))
    later = ask("督查员老冯", NOW + timedelta(hours=1))
    done(finding.record(later, case.uid, body, "untrue", "报了办结没有做"))
    entry = done(
        listed.open_entry(ask("分拨员老赵"), "", body, "楼道清理", date(2026, 3, 12), "", case.uid)
    )
    done(listed.report_done(ask("社区小周"), entry.uid, "清了一半"))
    done(listed.close(ask("分拨员老赵"), entry.uid, False, "还有一半"))
    done(listed.report_done(ask("社区小周"), entry.uid, "都清了"))
    done(listed.close(ask("督查员老冯"), entry.uid, True, "干净了"))
    sequence()
    return case


def test_what_supervision_wrote_holds(supervised: Case) -> None:
    assert found() == []
    assert Listed.objects.get().closed_at is not None


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE records_inspection SET found = 'as_said'", "row_changed"),
        ("UPDATE records_inspection SET words = '没有堆物'", "text_changed"),
        ("UPDATE records_opinion SET words = '很好'", "text_changed"),
        ("UPDATE records_opinion SET reply = ''", "text_changed"),
        ("UPDATE records_finding SET breach = 'manner'", "row_changed"),
        ("UPDATE records_finding SET words = '无'", "text_changed"),
        ("UPDATE records_listed SET due_at = '2026-04-01 00:00:00+00:00'", "row_changed"),
        ("UPDATE records_listed SET closed_words = '没看'", "text_changed"),
        ("DELETE FROM records_finding", "row_missing"),
        ("DELETE FROM records_listed", "row_missing"),
        ("DELETE FROM records_inspection", "row_missing"),
        ("DELETE FROM records_opinion", "row_missing"),
    ],
)
def test_a_row_changed_behind_the_door_is_named(
    supervised: Case, statement: str, code: str
) -> None:
    raw(statement)
    assert {wrong.code for wrong in found()} == {code}
