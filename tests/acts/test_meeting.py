"""A meeting from its call to its report back, on the hall of 柳荫社区."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.acts.hall import CONVENER, DESK, SECRETARY, B, Hall, make_hall
from tests.acts.world import NOW, World
from yishi.acts.door import Done
from yishi.acts.meeting import agenda, calling, minutes, reporting, sitting
from yishi.acts.meeting.asked import Called, Guest, ItemAsk
from yishi.core.meeting.items import Side
from yishi.core.meeting.rule import Record
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.jobs.tick import Ticker
from yishi.records.entropy import SeededEntropy
from yishi.records.models import (
    Adoption,
    AgendaItem,
    Attendance,
    Doorstep,
    Entry,
    Invitee,
    Listed,
    Meeting,
    Message,
)
from yishi.records.queries import meeting_list
from yishi.records.queries.rule import start_of

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# The tenth of April, nine o'clock: the next talk day.
TALK = datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 10, 1, 0, tzinfo=UTC)
COMMITTEE = "柳荫社区居委会"
HEAD = f"{COMMITTEE}{CONVENER}"


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi", "c4321")


def call(hall: Hall, who: str = DESK, body: str = COMMITTEE, **more: object) -> Done | Refusal:
    given: dict[str, object] = {
        "title": "四月居民恳谈日",
        "where": "居民议事厅",
        "starts_at": TALK,
        "rhythm": "talk_day",
        "items": (ItemAsk("一户一表"), ItemAsk("楼道照明")),
    }
    w = hall.world
    ask = w.ask(who, hall.now)
    return calling.call(ask, w.places["柳荫社区"].uid, w.bodies[body].uid, Called(**(given | more)))  # type: ignore[arg-type]


def called(hall: Hall, **more: object) -> Meeting:
    return Meeting.objects.get(uid=hall.did(call(hall, **more)).uid)


def opened(hall: Hall, row: Meeting, who: str = "王桂英") -> None:
    hall.now = row.starts_at
    hall.did(sitting.sign_in(hall.world.ask(who, hall.now), row.uid, row.code))
    hall.did(sitting.open_(hall.world.ask(DESK, hall.now), row.uid))


def items_of(row: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(meeting=row).order_by("no"))


def code_of(answer: object) -> str:
    return answer.code if isinstance(answer, Refusal) else ""


# ── the whole way ──────────────────────────────────────────────────────────────────────────────
def test_a_talk_day_from_its_call_to_its_report_back(hall: Hall) -> None:
    w = hall.world
    row = called(hall)
    assert (row.state, row.form, row.rhythm) == ("called", "talk", "talk_day")
    opened(hall, row)
    ask = w.ask(DESK, hall.now)
    hall.did(sitting.sign_in_for(w.ask(DESK, hall.now), row.uid, name="老住户"))
    one, two = items_of(row)
    hall.did(agenda.settle_item(ask, one.uid, "当场答复：本周装表"))
    refused = minutes.close(w.ask(DESK, hall.now), row.uid)
    assert refused == Refusal("items_open", 0, 1, "item", "practice G8 件件有回音")
    unit = w.bodies["区水务公司"]
    due = date(2026, 4, 30)
    hall.did(agenda.list_item(w.ask(DESK, hall.now), two.uid, unit.uid, due, "四月底修好"))
    entry = Listed.objects.get()
    assert (entry.title, entry.body, entry.due_at) == ("楼道照明", unit, start_of(due + DAY))
    assert Entry.objects.filter(subject_uid=entry.uid).values_list("code", flat=True)[0] == (
        "listed.opened"
    )
    assert Message.objects.filter(template="meeting.listed").count() == 1
    hall.did(minutes.close(w.ask(DESK, hall.now), row.uid))
    hall.did(minutes.write_minutes(w.ask(DESK, hall.now), row.uid, "到会二人。", "一结一挂。"))
    row.refresh_from_db()
    assert row.counted["people"] == {"all": 2}
    assert minutes.record_of(row) == {Record.MINUTES, Record.SUMMARY}
    hall.did(reporting.report_back(w.ask(DESK, hall.now + 9 * DAY), two.uid, "修好了"))
    two.refresh_from_db()
    assert (two.state, two.listed, two.reported) == ("listed", entry, "修好了")


def test_every_act_leaves_an_entry_and_moves_the_version(hall: Hall) -> None:
    row = called(hall)
    opened(hall, row)
    codes = Entry.objects.filter(subject_uid=row.uid).order_by("subject_no")
    assert list(codes.values_list("code", flat=True)) == [
        "meeting.called",
        "meeting.signed_in",
        "meeting.opened",
    ]
    row.refresh_from_db()
    # A sign-in does not make the desk's open form stale.
    assert row.version == 2
    stale = minutes.close(hall.world.ask(DESK, hall.now, version=1), row.uid)
    assert code_of(stale) == "stale"


# ── calling ────────────────────────────────────────────────────────────────────────────────────
def test_too_short_a_notice_is_refused_by_the_rule_unless_it_cannot_wait(hall: Hall) -> None:
    soon = {"starts_at": NOW + DAY, "rhythm": ""}
    refused = call(hall, **soon)
    assert refused == Refusal(
        "notice_short",
        start_of(date(2026, 3, 15)),
        NOW + DAY,
        "moment",
        "ours：够把议题传到各楼道",
    )
    row = called(hall, **soon, urgent="水管爆裂")
    assert row.rule["urgent"] == "水管爆裂"


def test_a_body_of_another_place_calls_nothing_here(hall: Hall) -> None:
    refused = call(hall, body="区城市管理局")
    assert refused == Refusal(
        "body_elsewhere", have="区城市管理局", source="practice G7 居民恳谈日"
    )


def test_the_rhythms_meeting_is_called_once_a_day_and_must_be_known(hall: Hall) -> None:
    called(hall)
    assert code_of(call(hall)) == "meeting_called"
    assert code_of(call(hall, rhythm="midnight")) == "rhythm_unknown"


@pytest.mark.parametrize(
    ("who", "code"),
    [(SECRETARY, ""), (HEAD, ""), ("王桂英", "not_yours"), ("城管小孙", "not_yours")],
)
def test_who_calls_a_meeting(hall: Hall, who: str, code: str) -> None:
    assert code_of(call(hall, who=who)) == code


def test_the_rhythm_says_whose_meeting_it_is_whoever_convenes_it(hall: Hall) -> None:
    """The committee convenes the representatives' quarterly meeting; their seats are counted."""
    row = called(hall, rhythm="representatives", form="assembly", starts_at=TALK + 10 * DAY)
    assert row.rule["decides"] == ["representatives"]
    decides = Invitee.objects.get(meeting=row, part="decides")
    assert decides.body == hall.world.bodies["柳荫社区居民代表会议"]


def test_a_title_that_names_somebody_is_refused(hall: Hall) -> None:
    items = (ItemAsk("联系13812345678的楼道问题"),)
    assert code_of(call(hall, items=items)) == "title_personal"


def test_where_nothing_is_adopted_it_says_which_rules_are_missing(hall: Hall) -> None:
    Adoption.objects.filter(kind="meetings").delete()
    assert call(hall) == Refusal("rules_missing", need="meetings", have="柳荫社区")


def test_the_list_of_participants_is_called_and_told(hall: Hall) -> None:
    guests = (Guest(body=hall.world.bodies["区城市管理局"].uid), Guest(name="人大代表老葛"))
    row = called(hall, guests=guests)
    found = {
        (one.body.name if one.body else one.name): (one.part, one.told_how)
        for one in Invitee.objects.filter(meeting=row).select_related("body")
    }
    assert found == {
        COMMITTEE: ("party", "message"),
        "柳荫社区党委": ("party", "message"),
        "柳荫社区居务监督委员会": ("party", "message"),
        "区城市管理局": ("party", "message"),
        "人大代表老葛": ("guest", ""),
    }
    people = hall.world.people
    told = Message.objects.get(template="meeting.called", recipient=people["城管小孙"])
    assert told.params["title"] == "四月居民恳谈日"


def test_a_representatives_meeting_calls_every_seat(hall: Hall) -> None:
    name = "柳荫社区居民代表会议"
    row = called(hall, body=name, rhythm="", form="assembly", starts_at=TALK)
    seats = [hall.world.people[f"居民{no:02}"] for no in range(1, 21)]
    told = Message.objects.filter(entry__subject_uid=row.uid, recipient__in=seats)
    assert told.count() == 20


def test_who_was_told_by_hand_is_written_down(hall: Hall) -> None:
    w = hall.world
    row = called(hall, guests=(Guest(name="人大代表老葛"),))
    guest = Invitee.objects.get(meeting=row, body=None)
    hall.did(calling.record_told(w.ask("网格员小陈", NOW), guest.uid, "phone"))
    guest.refresh_from_db()
    assert (guest.told_how, guest.told_at) == ("phone", NOW)
    door = w.buildings["柳荫1栋"].uid
    hall.did(calling.record_door(w.ask("网格员小陈"), row.uid, door, "302", "absent", "留了通知"))
    step = Doorstep.objects.get()
    assert (step.meeting, step.found, step.label) == (row, "absent", "302")
    assert code_of(calling.record_told(w.ask(DESK), guest.uid, "drum")) == "told_how_unknown"


def test_a_unit_answers_for_itself_alone(hall: Hall) -> None:
    w = hall.world
    row = called(hall, guests=(Guest(body=w.bodies["区城市管理局"].uid),))
    theirs = Invitee.objects.get(meeting=row, body=w.bodies["区城市管理局"])
    assert code_of(calling.answer(w.ask("水务小吴"), theirs.uid, True)) == "not_yours"
    # Nor does who convenes the meeting answer for who is called to it.
    assert code_of(calling.answer(w.ask(HEAD), theirs.uid, True)) == "not_yours"
    assert code_of(calling.answer(w.ask("城管小孙"), theirs.uid, False)) == "why_missing"
    hall.did(calling.answer(w.ask("城管小孙"), theirs.uid, True, "副局长和经办人"))
    theirs.refresh_from_db()
    assert (theirs.answer, theirs.answer_words) == ("comes", "副局长和经办人")


def test_somebody_invited_by_name_answers_for_themselves(hall: Hall) -> None:
    w = hall.world
    row = called(hall, guests=(Guest(person=w.people["王桂英"].uid),))
    mine = Invitee.objects.get(meeting=row, person=w.people["王桂英"])
    assert code_of(calling.answer(w.ask("李建国"), mine.uid, True)) == "not_yours"
    hall.did(calling.answer(w.ask("王桂英"), mine.uid, True))


def test_called_off_tells_everybody_why_and_nobody_signs_in(hall: Hall) -> None:
    w = hall.world
    row = called(hall)
    hall.did(calling.cancel(w.ask(DESK), row.uid, "台风"))
    assert Message.objects.filter(template="meeting.cancelled").exists()
    assert code_of(sitting.sign_in(w.ask("王桂英", TALK), row.uid, row.code)) == "not_now"
    # The day is free again.
    called(hall)


# ── signing in ─────────────────────────────────────────────────────────────────────────────────
def test_one_signs_in_once_with_the_code_and_not_before_the_hour(hall: Hall) -> None:
    w = hall.world
    row = called(hall)
    early = sitting.sign_in(w.ask("王桂英", TALK - 2 * HOUR), row.uid, row.code)
    assert code_of(early) == "meeting_early"
    assert code_of(sitting.sign_in(w.ask("王桂英", TALK), row.uid, "x")) == "meeting_code_wrong"
    hall.did(sitting.sign_in(w.ask("王桂英", TALK - HOUR), row.uid, row.code))
    again = sitting.sign_in(w.ask("王桂英", TALK), row.uid, row.code)
    assert code_of(again) == "signed_in_already"
    person = w.people["王桂英"].uid
    desk = sitting.sign_in_for(w.ask(DESK, TALK), row.uid, person_uid=person)
    assert code_of(desk) == "signed_in_already"


def test_a_seat_counts_for_each_of_its_bodies_and_once_for_each(hall: Hall) -> None:
    """居民01 sits among the representatives, the party members and more; each counts them once."""
    name = "柳荫社区居民代表会议"
    row = called(hall, body=name, rhythm="", form="assembly")
    w = hall.world
    w.appoint("居民01", Role.CONVENER, "柳荫社区", name)
    for no in range(1, 14):
        person = w.people[f"居民{no:02}"].uid
        hall.did(sitting.sign_in_for(w.ask(DESK, TALK), row.uid, person_uid=person))
    refused = sitting.open_(w.ask(DESK, TALK), row.uid)
    assert isinstance(refused, Refusal)
    # 21 seats, at least 2/3 of them: 14.
    assert (refused.code, refused.need, refused.have, refused.unit) == (
        "quorum_missed", 14, 13, B.REPRESENTATIVES,
    )  # fmt: skip
    named = sitting.sign_in_for(w.ask(DESK, TALK), row.uid, name="自称代表的人")
    hall.did(named)
    assert code_of(sitting.open_(w.ask(DESK, TALK), row.uid)) == "quorum_missed"
    person = w.people["居民14"].uid
    hall.did(sitting.sign_in_for(w.ask(DESK, TALK), row.uid, person_uid=person))
    hall.did(sitting.open_(w.ask(DESK, TALK), row.uid))
    row.refresh_from_db()
    assert (row.counted["seats"]["representatives"], row.counted["present"]["representatives"]) == (
        21, 14,
    )  # fmt: skip
    parts = Attendance.objects.filter(meeting=row).values_list("part", flat=True)
    assert sorted(parts) == ["decides"] * 14 + ["guest"]


def test_nobody_sits_for_a_body_that_is_not_theirs(hall: Hall) -> None:
    w = hall.world
    row = called(hall)
    other = w.bodies["区水务公司"].uid
    assert code_of(sitting.sign_in(w.ask("城管小孙", TALK), row.uid, row.code, other)) == (
        "not_theirs"
    )


def test_too_few_came_and_it_is_called_again_once(hall: Hall) -> None:
    w = hall.world
    name = "柳荫社区居民代表会议"
    row = called(hall, body=name, rhythm="", form="assembly", guests=(Guest(name="人大代表老葛"),))
    later = TALK + 5 * DAY
    assert code_of(calling.call_again(w.ask(DESK, TALK - HOUR), row.uid, later)) == (
        "meeting_not_begun"
    )
    soon = calling.call_again(w.ask(DESK, TALK), row.uid, TALK + DAY)
    assert code_of(soon) == "notice_short"
    new = Meeting.objects.get(
        uid=hall.did(calling.call_again(w.ask(DESK, TALK), row.uid, later)).uid
    )
    row.refresh_from_db()
    assert (row.state, new.state, new.again_of) == ("failed", "called", row)
    assert [one.title for one in items_of(new)] == ["一户一表", "楼道照明"]
    assert new.invitees.count() == row.invitees.count()
    assert new.code != row.code
    again = calling.call_again(w.ask(DESK, TALK), row.uid, later)
    assert code_of(again) == "called_again_already"


def test_one_that_nobody_opened_counts_as_not_held_and_may_be_called_again(hall: Hall) -> None:
    w = hall.world
    row = called(hall)
    ticker = Ticker()
    assert ticker.tick(TALK + DAY - HOUR)["lapse_meetings"] == 0
    assert ticker.tick(TALK + DAY)["lapse_meetings"] == 1
    row.refresh_from_db()
    assert row.state == "failed"
    told = Message.objects.get(template="meeting.lapsed")
    assert told.recipient == w.people[DESK]
    again = calling.call_again(w.ask(DESK, TALK + DAY), row.uid, TALK + 5 * DAY)
    assert Meeting.objects.get(uid=hall.did(again).uid).again_of == row
    twice = calling.call_again(w.ask(DESK, TALK + DAY), row.uid, TALK + 6 * DAY)
    assert code_of(twice) == "called_again_already"


# ── items ──────────────────────────────────────────────────────────────────────────────────────
def test_what_was_not_announced_is_not_taken_up_at_a_hearing(hall: Hall) -> None:
    w = hall.world
    row = called(hall, rhythm="", form="hearing")
    more = ItemAsk("停车收费")
    hall.did(agenda.add_item(w.ask(DESK), row.uid, more))
    late = agenda.add_item(w.ask(DESK, TALK - DAY), row.uid, ItemAsk("楼顶出租"))
    assert code_of(late) == "item_not_announced"
    opened(hall, row)
    now = agenda.add_item(w.ask(DESK, hall.now), row.uid, ItemAsk("楼顶出租"))
    assert code_of(now) == "item_not_announced"


def test_a_hearing_hears_both_sides_before_anything_comes_of_an_item(hall: Hall) -> None:
    w = hall.world
    row = called(hall, rhythm="", form="hearing", items=(ItemAsk("停车收费"),))
    opened(hall, row)
    (one,) = items_of(row)
    assert code_of(agenda.settle_item(w.ask(DESK, hall.now), one.uid, "照收")) == "sides_unheard"
    mine = agenda.state(w.ask("王桂英", hall.now), one.uid, Side.FOR, "收了才有人管")
    hall.did(mine)
    away = agenda.state(w.ask("李建国", hall.now), one.uid, Side.AGAINST, "太贵")
    assert code_of(away) == "not_signed_in"
    hall.did(agenda.state(w.ask(DESK, hall.now), one.uid, Side.AGAINST, "太贵", "李建国"))
    hall.did(agenda.settle_item(w.ask(DESK, hall.now), one.uid, "每小时两元，前一小时免"))


def test_what_is_put_off_stands_on_the_next_agenda_by_itself(hall: Hall) -> None:
    w = hall.world
    april = called(hall)
    opened(hall, april)
    one, two = items_of(april)
    hall.did(agenda.settle_item(w.ask(DESK, hall.now), one.uid, "本周装表"))
    hall.did(agenda.put_off_item(w.ask(DESK, hall.now), two.uid, "供电公司没来"))
    hall.did(minutes.close(w.ask(DESK, hall.now), april.uid))
    may = called(hall, title="五月居民恳谈日", starts_at=MAY, items=(ItemAsk("晾衣杆"),))
    three, again = items_of(may)
    assert (again.title, again.before_id) == ("楼道照明", two.pk)
    opened(hall, may)
    hall.did(agenda.settle_item(w.ask(DESK, hall.now), three.uid, "装"))
    hall.did(agenda.settle_item(w.ask(DESK, hall.now), again.uid, "换成感应灯"))
    two.refresh_from_db()
    assert (two.reported, two.reported_in) == ("换成感应灯", may)
    hall.did(minutes.close(w.ask(DESK, hall.now), may.uid))


def test_what_was_listed_is_reported_back_before_the_next_one_closes(hall: Hall) -> None:
    w = hall.world
    april = called(hall, items=(ItemAsk("楼道照明"),))
    opened(hall, april)
    (one,) = items_of(april)
    unit = w.bodies["区水务公司"].uid
    hall.did(agenda.list_item(w.ask(DESK, hall.now), one.uid, unit, date(2026, 4, 30), "修好"))
    hall.did(minutes.close(w.ask(DESK, hall.now), april.uid))
    may = called(hall, title="五月居民恳谈日", starts_at=MAY, items=(ItemAsk("晾衣杆"),))
    opened(hall, may)
    (two,) = items_of(may)
    hall.did(agenda.settle_item(w.ask(DESK, hall.now), two.uid, "装"))
    refused = minutes.close(w.ask(DESK, hall.now), may.uid)
    assert refused == Refusal("report_missing", 0, 1, "item", "practice G8 件件有回音")
    elsewhere = reporting.report_back(w.ask(DESK, hall.now), one.uid, "修好了", "nowhere")
    assert code_of(elsewhere) == "not_found"
    hall.did(reporting.report_back(w.ask(DESK, hall.now), one.uid, "修好了", may.uid))
    hall.did(minutes.close(w.ask(DESK, hall.now), may.uid))
    one.refresh_from_db()
    assert one.reported_in == may


def test_a_day_that_is_over_lists_nothing_and_ends_nothing(hall: Hall) -> None:
    w = hall.world
    row = called(hall, items=(ItemAsk("楼道照明"),))
    opened(hall, row)
    (one,) = items_of(row)
    far = agenda.list_item(
        w.ask(DESK, hall.now), one.uid, w.bodies["区水务公司"].uid, date(2026, 4, 1), "修"
    )
    assert code_of(far) == "due_past"
    assert not Listed.objects.exists()
    one.refresh_from_db()
    assert one.state == "open"


# ── after it ───────────────────────────────────────────────────────────────────────────────────
def test_who_wrote_the_minutes_does_not_sign_them_off(hall: Hall) -> None:
    w = hall.world
    row = called(hall, form="joint", rhythm="", items=(ItemAsk("楼道照明"),))
    for no in (1, 2, 3):
        person = w.people[f"居民{no:02}"].uid
        hall.did(sitting.sign_in_for(w.ask(DESK, TALK), row.uid, person_uid=person))
    opened(hall, row)
    (one,) = items_of(row)
    hall.did(agenda.settle_item(w.ask(DESK, hall.now), one.uid, "换感应灯"))
    hall.did(minutes.close(w.ask(DESK, hall.now), row.uid))
    assert code_of(minutes.sign_off(w.ask(HEAD, hall.now), row.uid)) == "record_missing"
    hall.did(minutes.write_minutes(w.ask(HEAD, hall.now), row.uid, "到会一人"))
    assert code_of(minutes.sign_off(w.ask(HEAD, hall.now), row.uid)) == "not_independent"
    hall.did(minutes.sign_off(w.ask(SECRETARY, hall.now), row.uid))
    row.refresh_from_db()
    assert row.state == "signed"
    late = minutes.write_minutes(w.ask(DESK, hall.now), row.uid, "改一改")
    assert code_of(late) == "not_now"


# ── what is owed ───────────────────────────────────────────────────────────────────────────────
def test_what_is_owed_is_on_a_list_with_its_day_until_it_is_reported_back(hall: Hall) -> None:
    w = hall.world
    row = called(hall, items=(ItemAsk("楼道照明"), ItemAsk("晾衣杆"), ItemAsk("一户一表")))
    opened(hall, row)
    one, two, three = items_of(row)
    unit = w.bodies["区水务公司"]
    hall.did(agenda.list_item(w.ask(DESK, TALK), one.uid, unit.uid, date(2026, 4, 30), "修好"))
    hall.did(agenda.put_off_item(w.ask(DESK, TALK), two.uid, "物业没来"))
    hall.did(agenda.settle_item(w.ask(DESK, TALK), three.uid, "装表"))
    hall.did(minutes.close(w.ask(DESK, TALK), row.uid))
    row.refresh_from_db()
    # Thirty days for the report; five working days for the minutes, over no holiday.
    by = start_of(date(2026, 5, 11))
    assert row.minutes_by == start_of(date(2026, 4, 18))
    place = w.places["柳荫社区"]
    owed, many = meeting_list.owed_in(place, 1)
    assert [(item.title, item.report_by) for item in owed] == [("楼道照明", by)]
    assert many == 2
    hall.did(reporting.report_back(w.ask(DESK, by), one.uid, "修好了"))
    assert [item.title for item in meeting_list.owed_in(place, 9)[0]] == ["晾衣杆"]


def test_the_database_itself_keeps_one_sign_in_a_person_and_one_invitation_a_body(
    hall: Hall,
) -> None:
    w = hall.world
    row = called(hall)
    person, body = w.people["王桂英"], row.body
    hall.did(sitting.sign_in(w.ask("王桂英", TALK), row.uid, row.code))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            uid=w.uid(), meeting=row, person=person, part="guest", way="desk", at=TALK
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitee.objects.create(uid=w.uid(), meeting=row, body=body, part="party")


class Drawn(SeededEntropy):
    """Entropy that draws these codes first."""

    def __init__(self, *codes: int) -> None:
        super().__init__(2026)
        self.codes = list(codes)
        self.numbers = 0

    def below(self, limit: int) -> int:
        """The next of the codes; a number of a meeting, drawn before each, is any."""
        if limit != 10**6:
            return super().below(limit)
        self.numbers += 1
        return self.numbers if self.numbers in (1, 3) else self.codes.pop(0)


def test_no_two_meetings_that_may_be_signed_in_to_have_one_code(hall: Hall) -> None:
    hall.world.entropy = Drawn(123, 123, 123, 456)
    first, second = called(hall), called(hall, rhythm="")
    assert (first.code, second.code) == ("000123", "000456")


def test_the_calendar_of_a_place_keeps_what_comes_where_there_is_too_much(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting_list, "MOST", 2)
    days = [TALK, TALK + DAY, TALK + 2 * DAY]
    rows = [called(hall, rhythm="", starts_at=day) for day in days]
    assert meeting_list.feed_of(hall.world.places["柳荫社区"], NOW) == rows[1:]
