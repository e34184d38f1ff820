"""What a meeting needs before, at and after it: tables, with need and have of every refusal."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from yishi.core.calendar import Calendar, Span, SpanKind
from yishi.core.caserules import Text
from yishi.core.meeting import agenda, calling, items, minutes, reporting, sitting
from yishi.core.meeting.inviting import Invited, invited
from yishi.core.meeting.items import Side
from yishi.core.meeting.now import Form, ItemNow, ItemState, MeetingNow, MeetingState
from yishi.core.meeting.rule import MeetingRules, Record
from yishi.core.meeting.sitting import Comes, Part
from yishi.core.meeting.terms import Terms, keep_terms, read_terms, terms_for
from yishi.core.method.language import Edge, Stage, StageKind
from yishi.core.outcome import Event
from yishi.core.person import Role
from yishi.core.place import BodyKind as B
from yishi.core.refusal import Refusal
from yishi.rulebook.kinds import office_hours, parse
from yishi.rulebook.shipped import shipped_bundle

RULES: MeetingRules = parse(shipped_bundle("meetings", "standard"))
CALENDAR = Calendar(
    {2026: parse(shipped_bundle("calendar", "2026"))}, ZoneInfo("Asia/Shanghai"), office_hours()
)
# Wednesday 2026-03-11, nine o'clock.
NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
TWO_THIRDS = "参照《村民委员会组织法》第二十五条：三分之二以上的组成人员参加"


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def terms(form: Form = Form.TALK, body: B = B.RESIDENTS_COMMITTEE) -> Terms:
    found = terms_for(RULES, form, body)
    assert found is not None
    return found


def meeting(**more: object) -> MeetingNow:
    given = {"state": MeetingState.CALLED, "form": Form.TALK, "starts_at": at(3, 20)} | more
    return MeetingNow(uid="m", **given)  # type: ignore[arg-type]


def item(**more: object) -> ItemNow:
    return ItemNow(**{"uid": "i", "no": 1, "state": ItemState.OPEN, **more})  # type: ignore[arg-type]


# ── what each form is ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("form", "days", "decides", "announced", "both", "advice", "scored"),
    [
        (Form.TALK, 3, False, False, False, False, False),
        (Form.DELIBERATION, 3, True, True, False, False, False),
        (Form.HEARING, 7, False, True, True, False, False),
        (Form.CONSULTATION, 3, False, False, False, True, False),
        (Form.APPRAISAL, 7, False, True, False, False, True),
        (Form.JOINT, 2, True, False, False, False, False),
        (Form.ASSEMBLY, 5, True, True, False, False, False),
        (Form.REPORT, 5, False, False, False, False, False),
    ],
)
def test_each_form_has_a_rule_of_its_own(
    form: Form, days: int, decides: bool, announced: bool, both: bool, advice: bool, scored: bool
) -> None:
    found = terms(form, B.LOCAL_UNIT)
    assert found.notice.span == Span(days, SpanKind.DAY)
    assert (found.is_decision, found.announced_only) == (decides, announced)
    assert (found.both_sides, found.advice, found.scored) == (both, advice, scored)


def test_the_owners_are_called_fifteen_days_before_whatever_the_form() -> None:
    found = terms(Form.ASSEMBLY, B.OWNERS_ASSEMBLY)
    assert found.notice.span == Span(15, SpanKind.DAY)
    assert found.again == found.notice
    assert found.notice.source == "业主大会议事：会议召开15日前通知（norms.md §2）"


def test_a_body_that_decides_brings_its_quorum_and_a_talk_has_none() -> None:
    assert terms(Form.ASSEMBLY, B.REPRESENTATIVES).decides == (B.REPRESENTATIVES,)
    assert terms(Form.TALK, B.REPRESENTATIVES).quorum is None


def test_a_stage_brings_its_own_bodies() -> None:
    stage = Stage(
        "joint", StageKind.MEET, Text("联席会议"), B.RESIDENTS_COMMITTEE, {Edge.PASS: "on"},
        decides=(B.DELIBERATION_COMMITTEE,), must_come=(B.PROPERTY_FIRM,), form="joint",
        quorum=terms(Form.ASSEMBLY, B.REPRESENTATIVES).quorum,
    )  # fmt: skip
    found = terms_for(RULES, Form.JOINT, B.RESIDENTS_COMMITTEE, stage)
    assert found is not None
    assert (found.decides, found.must_come) == ((B.DELIBERATION_COMMITTEE,), (B.PROPERTY_FIRM,))
    assert found.quorum is not None and found.quorum.source == TWO_THIRDS


@pytest.mark.parametrize("form", Form)
def test_what_is_kept_is_what_is_read_back(form: Form) -> None:
    found = replace(terms(form, B.REPRESENTATIVES), urgent="水管爆了")
    assert read_terms(keep_terms(found)) == found


# ── calling ────────────────────────────────────────────────────────────────────────────────────
CALL = calling.Call("20260311000017", "四月恳谈日", "议事厅", at(3, 20), items=1)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title": " "}, Refusal("title_missing", source="practice G7 居民恳谈日")),
        ({"title": "长" * 81}, Refusal("title_too_long", 80, 81, "characters")),
        ({"where": ""}, Refusal("where_missing", source="practice G7 居民恳谈日")),
        (
            {"starts_at": at(3, 11, 8)},
            Refusal("meeting_past", NOW, at(3, 11, 8), "moment", "practice G7 居民恳谈日"),
        ),
        (
            {"ends_at": at(3, 20, 8)},
            Refusal("meeting_ends_wrong", at(3, 20), at(3, 20, 8), "moment"),
        ),
        ({"items": 0}, Refusal("agenda_missing", 1, 0, "item", "meetings 1")),
        (
            {"starts_at": at(3, 14)},
            Refusal("notice_short", at(3, 15, 0), at(3, 14), "moment", "ours：够把议题传到各楼道"),
        ),
    ],
)
def test_what_a_call_may_lack(change: dict[str, object], refused: Refusal) -> None:
    assert calling.call(replace(CALL, **change), terms(), CALENDAR, NOW) == refused


@pytest.mark.parametrize(
    ("form", "body", "first"),
    [
        (Form.TALK, B.RESIDENTS_COMMITTEE, at(3, 15, 0)),
        (Form.HEARING, B.RESIDENTS_COMMITTEE, at(3, 19, 0)),
        (Form.ASSEMBLY, B.REPRESENTATIVES, at(3, 17, 0)),
        (Form.ASSEMBLY, B.OWNERS_ASSEMBLY, at(3, 27, 0)),
        (Form.JOINT, B.PARTY_COMMITTEE, at(3, 14, 0)),
    ],
)
def test_the_first_moment_a_meeting_called_now_may_begin(
    form: Form, body: B, first: datetime
) -> None:
    assert calling.earliest(terms(form, body), CALENDAR, NOW) == first


def test_what_cannot_wait_says_why_and_everybody_reads_it() -> None:
    urgent = replace(CALL, starts_at=at(3, 11, 15), urgent="自来水管爆裂")
    event = calling.call(urgent, terms(), CALENDAR, NOW)
    assert isinstance(event, Event)
    assert event.params["urgent"] == "自来水管爆裂"
    assert event.facts == {"form": "talk", "items": 1, "short": 1}


def test_the_owners_fifteen_days_are_kept_however_urgent_it_is() -> None:
    urgent = replace(CALL, starts_at=at(3, 20), urgent="水泵停了")
    refused = calling.call(urgent, terms(Form.ASSEMBLY, B.OWNERS_ASSEMBLY), CALENDAR, NOW)
    source = "业主大会议事：会议召开15日前通知（norms.md §2）"
    assert refused == Refusal("notice_short", at(3, 27, 0), at(3, 20), "moment", source)


def test_a_meeting_is_called_off_with_a_reason_alone() -> None:
    assert calling.cancel(meeting(), " ") == Refusal("why_missing", source="practice G7 居民恳谈日")
    said = calling.cancel(meeting(invited=9), "台风")
    assert said == Event("meeting.cancelled", {"words": "台风", "invited": 9}, {"invited": 9})


# ── the agenda ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("form", "state", "starts", "answer"),
    [
        (Form.TALK, MeetingState.SITTING, at(3, 11, 9), 1),
        (Form.HEARING, MeetingState.CALLED, at(3, 20), 1),
        (Form.HEARING, MeetingState.CALLED, at(3, 18), "item_not_announced"),
        (Form.ASSEMBLY, MeetingState.SITTING, at(3, 11, 9), "item_not_announced"),
    ],
)
def test_only_announced_topics_where_the_form_says_so(
    form: Form, state: MeetingState, starts: datetime, answer: object
) -> None:
    now = meeting(form=form, state=state, starts_at=starts)
    said = agenda.add_item(now, terms(form), CALENDAR, "楼道照明", "", NOW)
    assert (said.code if isinstance(said, Refusal) else said.params["no"]) == answer


def test_a_topic_stands_on_an_agenda_once() -> None:
    now = meeting(items=(item(topic="t"),))
    said = agenda.add_item(now, terms(), CALENDAR, "再议", "t", NOW)
    assert said == Refusal("item_twice", source="meetings 1")


# ── the quorum ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("body", "seats", "present", "need", "met"),
    [
        (B.REPRESENTATIVES, 30, 19, 20, False),
        (B.REPRESENTATIVES, 30, 20, 20, True),
        (B.REPRESENTATIVES, 31, 20, 21, False),
        (B.RESIDENTS_ASSEMBLY, 30, 15, 16, False),
        (B.RESIDENTS_ASSEMBLY, 30, 16, 16, True),
        (B.RESIDENTS_COMMITTEE, 5, 3, 3, True),
        (B.REPRESENTATIVES, 0, 0, 1, False),
    ],
)
def test_the_arithmetic_of_a_quorum(
    body: B, seats: int, present: int, need: int, met: bool
) -> None:
    found = terms(Form.ASSEMBLY, body)
    now = meeting(
        decides=found.decides, quorum=found.quorum, seats={body: seats}, present={body: present},
        people=present,
    )  # fmt: skip
    (count,) = sitting.quorum(now)
    assert (count.seats, count.present, count.need, count.met) == (seats, present, need, met)
    refused = sitting.open_(now, found, at(3, 20))
    assert isinstance(refused, Event) == met
    if not met:
        assert refused == Refusal("quorum_missed", need, present, body, count.source)


def test_nothing_opens_before_its_hour_nor_with_nobody_there() -> None:
    assert sitting.open_(meeting(), terms(), at(3, 20, 7)) == Refusal(
        "meeting_early", at(3, 20, 8), at(3, 20, 7), "moment", "meetings 1"
    )
    assert sitting.open_(meeting(), terms(), at(3, 20)) == Refusal(
        "nobody_came", 1, 0, "people", "meetings 1"
    )


def test_a_day_later_nobody_signs_in_nor_opens_it() -> None:
    over = Refusal("meeting_over", at(3, 21), at(3, 21), "moment", "meetings 1")
    assert sitting.open_(meeting(people=3), terms(), at(3, 21)) == over
    late = sitting.sign_in(meeting(), terms(), at(3, 21), already=False, part=Part.GUEST)
    assert late == over


def test_too_few_are_called_again_when_the_hour_has_come_and_enough_never() -> None:
    found = terms(Form.ASSEMBLY, B.REPRESENTATIVES)
    few = meeting(
        decides=found.decides, quorum=found.quorum, seats={B.REPRESENTATIVES: 30},
        present={B.REPRESENTATIVES: 19}, people=19,
    )  # fmt: skip
    assert sitting.fail(few, at(3, 20, 8)) == Refusal(
        "meeting_not_begun", at(3, 20), at(3, 20, 8), "moment", "norms.md §2"
    )
    assert sitting.fail(few, at(3, 20)) == Event(
        "meeting.failed", {"people": 19, "items": 0}, {"people": 19, "items": 0}
    )
    enough = replace(few, present={B.REPRESENTATIVES: 20}, people=20)
    assert sitting.fail(enough, at(3, 20)) == Refusal("meeting_quorate", source="norms.md §2")


def test_one_signs_in_once_and_not_before_the_sheet_lies_open() -> None:
    early = sitting.sign_in(meeting(), terms(), at(3, 20, 7), already=False, part=Part.GUEST)
    assert early == Refusal("meeting_early", at(3, 20, 8), at(3, 20, 7), "moment", "meetings 1")
    twice = sitting.sign_in(meeting(), terms(), at(3, 20), already=True, part=Part.GUEST)
    assert twice == Refusal("signed_in_already", 1, 1, "people", "meetings 1")
    once = sitting.sign_in(meeting(people=4), terms(), at(3, 20), already=False, part=Part.GUEST)
    assert once == Event(
        "meeting.signed_in", {"no": 5, "part": "guest"}, {"no": 5, "part": "guest"}
    )


@pytest.mark.parametrize(
    ("code", "given", "right"),
    [("042871", "042871", True), ("042871", " 042 871", True), ("042871", "42871", False),
     ("042871", "", False), ("", "", False), ("042871", "四二", False)],
)  # fmt: skip
def test_the_code_is_the_one_on_the_sheet(code: str, given: str, right: bool) -> None:
    assert (sitting.must_know_code(code, given) is None) == right


def test_a_unit_that_stays_away_says_why() -> None:
    assert sitting.answer(Comes.AWAY, "") == Refusal("why_missing", source="practice H2")
    assert isinstance(sitting.answer(Comes.COMES, ""), Event)


# ── the list of participants ───────────────────────────────────────────────────────────────────
def test_who_is_called_and_as_what() -> None:
    found = terms(Form.ASSEMBLY, B.REPRESENTATIVES)
    stage = Stage(
        "meet", StageKind.MEET, Text("议事会议"), B.RESIDENTS_COMMITTEE, {Edge.PASS: "on"},
        must_come=(B.PROPERTY_FIRM,), parties=(B.OWNERS_COMMITTEE,),
        observers=(B.SUPERVISORY_COMMITTEE, B.OWNERS_COMMITTEE),
    )  # fmt: skip
    assert invited(found, B.REPRESENTATIVES, (B.PARTY_COMMITTEE,), (stage,)) == {
        B.REPRESENTATIVES: Invited(Part.DECIDES),
        B.PARTY_COMMITTEE: Invited(Part.PARTY),
        B.RESIDENTS_COMMITTEE: Invited(Part.PARTY),
        B.OWNERS_COMMITTEE: Invited(Part.PARTY),
        B.PROPERTY_FIRM: Invited(Part.PARTY, must_come=True),
        B.SUPERVISORY_COMMITTEE: Invited(Part.OBSERVER),
    }


# ── what comes of an item ──────────────────────────────────────────────────────────────────────
G8 = "practice G8 件件有回音"


def unheard(need: tuple[Side, ...], have: tuple[str, ...]) -> Refusal:
    return Refusal("sides_unheard", need, have, "side", "meetings 1")


@pytest.mark.parametrize(
    ("form", "sides", "refused"),
    [
        (Form.TALK, set(), None),
        (Form.HEARING, set(), unheard((Side.FOR, Side.AGAINST), ())),
        (Form.HEARING, {"for"}, unheard((Side.AGAINST,), ("for",))),
        (Form.HEARING, {"for", "against"}, None),
        (Form.CONSULTATION, {"said"}, Refusal("advice_missing", 1, 0, "advice", "meetings 1")),
        (Form.CONSULTATION, {"advice"}, None),
    ],
)  # fmt: skip
def test_a_hearing_hears_both_sides_and_a_consultation_leaves_advice(
    form: Form, sides: set[str], refused: Refusal | None
) -> None:
    said = items.settle(item(sides=frozenset(sides)), terms(form), "照此办理")
    assert said == refused if refused else isinstance(said, Event)


def test_each_item_ends_once_and_in_words() -> None:
    assert items.settle(item(), terms(), " ") == Refusal("words_missing", 1, 0, "words", G8)
    assert items.settle(item(state=ItemState.LISTED), terms(), "办好了") == Refusal(
        "item_done", ItemState.OPEN, ItemState.LISTED, "item_state", G8
    )
    assert items.put_off(item(), "") == Refusal("why_missing", source=G8)
    assert items.carry(item(), terms(), "转程序") == Refusal("item_no_topic", source=G8)


def test_nothing_goes_without_an_answer() -> None:
    one, two = item(), item(uid="j", no=2, state=ItemState.SETTLED)
    assert items.close(meeting(items=(one, two))) == Refusal("items_open", 0, 1, "item", G8)
    assert items.close(meeting(items=(two,), unreported=2)) == Refusal(
        "report_missing", 0, 2, "item", G8
    )
    event = items.close(meeting(items=(two,), people=7))
    assert isinstance(event, Event)
    assert event.facts == {
        "people": 7, "items": 1, "settled": 1, "listed": 0, "carried": 0, "put_off": 0,
    }  # fmt: skip


# ── after it ───────────────────────────────────────────────────────────────────────────────────
def test_minutes_are_signed_off_by_another_with_all_the_form_wants() -> None:
    found, signs = terms(Form.HEARING), (Role.CONVENER, Role.SECRETARY)
    assert minutes.write(" ", "") == Refusal("minutes_missing", source="practice H5")
    assert minutes.sign_off(found, {Record.MINUTES}, signs, mine=False) == Refusal(
        "record_missing", (Record.SUMMARY, Record.PHOTO), ("minutes",), "record", "meetings 1"
    )
    assert minutes.sign_off(found, set(Record), signs, mine=True) == Refusal(
        "not_independent", "meeting.sign_off", "wrote", source="norms.md §1 Independence"
    )
    assert isinstance(minutes.sign_off(found, set(Record), signs, mine=False), Event)
    desk = minutes.sign_off(found, set(Record), {Role.COMMUNITY_DESK}, mine=False)
    assert desk == Refusal("not_signer", signs, (Role.COMMUNITY_DESK,), "role", "meetings 1")


@pytest.mark.parametrize(
    ("state", "answered", "words", "code"),
    [
        (ItemState.LISTED, False, "修好了", "meeting.reported"),
        (ItemState.PUT_OFF, False, "下月再议", "meeting.reported"),
        (ItemState.SETTLED, False, "修好了", "report_needless"),
        (ItemState.LISTED, True, "修好了", "reported_already"),
        (ItemState.LISTED, False, " ", "words_missing"),
    ],
)
def test_what_was_listed_or_put_off_is_reported_back(
    state: ItemState, answered: bool, words: str, code: str
) -> None:
    said = reporting.report_back(item(state=state, answered=answered), words)
    assert said.code == code
