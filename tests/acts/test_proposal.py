"""Wishes of a round: put forward, changed, taken back; screened into projects."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.acts.hall import CONVENER, DESK, SEATS, SECRETARY, Hall
from tests.acts.paid import agreed, costed
from tests.acts.rounds import VOLUNTEERS, passed, proposed, round_at, taken_to
from tests.acts.world import World
from yishi.acts import report
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.acts.round import ending, proposing, screening
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.round.screening import Made
from yishi.records.models import Case, Entry, Message, Option, Project, Proposal

RESIDENT, NEIGHBOUR = "王桂英", "李建国"
WISH = proposing.Proposed("修平东大路160号院内路面", "坑洼积水，老人摔过跤。", "works", "road")
MADE = Made(
    "东大路160号院内路面修平", "铺沥青，约两百平方米。", "works", False, "问过街道，没有列入计划"
)


@pytest.fixture
def called(world: World) -> tuple[Hall, str]:
    return round_at(world, "call")


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def file(hall: Hall, uid: str, who: str = RESIDENT, wish: proposing.Proposed = WISH) -> str:
    return hall.did(proposing.file(hall.world.ask(who, hall.now), uid, wish)).uid


def screened(hall: Hall, uid: str) -> None:
    taken_to(hall, uid, "screen")


def told(who: str) -> list[str]:
    rows = Message.objects.filter(recipient__login=who, template__startswith="proposal.")
    return list(rows.order_by("id").values_list("template", flat=True))


def test_a_resident_puts_a_wish_forward_and_is_told_its_number(called: tuple[Hall, str]) -> None:
    hall, uid = called
    wish = Proposal.objects.get(uid=file(hall, uid))
    assert (wish.title, wish.state, wish.came_by) == (WISH.title, "filed", "resident")
    assert wish.person is not None and wish.person.login == RESIDENT
    message = Message.objects.get(template="proposal.filed")
    assert message.params["number"] == wish.number


def test_no_wish_is_taken_before_the_call_or_after_its_last_day(world: World) -> None:
    hall, uid = round_at(world)
    early = proposing.file(world.ask(RESIDENT, hall.now), uid, WISH)
    assert code(early) == "call_not_open"
    taken_to(hall, uid, "call")
    late = proposing.file(world.ask(RESIDENT, hall.now + timedelta(days=31)), uid, WISH)
    assert code(late) == "call_over"
    assert not Proposal.objects.exists()


def test_a_sixth_wish_of_one_person_is_refused_until_one_is_taken_back(
    called: tuple[Hall, str],
) -> None:
    hall, uid = called
    first, *_others = [file(hall, uid) for _ in range(5)]
    sixth = proposing.file(hall.world.ask(RESIDENT, hall.now), uid, WISH)
    assert isinstance(sixth, Refusal)
    assert (sixth.code, sixth.need, sixth.have) == ("proposals_many", 5, 5)
    hall.did(proposing.withdraw(hall.world.ask(RESIDENT, hall.now), first))
    file(hall, uid)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title": " "}, "proposal_title_missing"),
        ({"title": "路" * 81}, "title_too_long"),
        ({"title": "找王师傅13800138000修路"}, "words_personal"),
        ({"words": ""}, "words_missing"),
        ({"words": "长" * 100_000}, "words_too_long"),
        ({"kind": "airport"}, "project_kind_unknown"),
        ({"listed": "airport"}, "listed_unknown"),
        ({"spot": "东" * 121}, "spot_too_long"),
        ({"building": "nowhere"}, "place_unknown"),
        ({"name": "老张"}, "not_yours"),
        ({"case": "nothing"}, "not_found"),
        ({"meeting": "nothing"}, "not_found"),
    ],
)
def test_a_wish_that_does_not_hold_is_refused(
    called: tuple[Hall, str], change: dict[str, str], refused: str
) -> None:
    hall, uid = called
    wrong = replace(WISH, **change)  # type: ignore[arg-type]
    answer = proposing.file(hall.world.ask(RESIDENT, hall.now), uid, wrong)
    assert code(answer) == refused
    assert not Proposal.objects.exists()


def test_the_desk_writes_down_whose_wish_it_is(called: tuple[Hall, str]) -> None:
    hall, uid = called
    named = file(hall, uid, DESK, replace(WISH, name="老张"))
    row = Proposal.objects.get(uid=named)
    assert (row.person, row.name, row.came_by) == (None, "老张", "resident")
    assert row.filed_by is not None and row.filed_by.login == DESK


def test_a_matter_becomes_a_wish_of_whoever_raised_it_and_of_nobody_elses(
    called: tuple[Hall, str],
) -> None:
    hall, uid = called
    building = hall.world.buildings["柳荫1栋"].uid
    words = Words("院里坑洼积水", building=building)
    hall.did(report.file(hall.world.ask(RESIDENT, hall.now), words))
    case = Case.objects.get()
    wish = replace(WISH, case=case.uid)
    foreign = proposing.file(hall.world.ask(NEIGHBOUR, hall.now), uid, wish)
    assert code(foreign) == "not_found"
    own = Proposal.objects.get(uid=file(hall, uid, RESIDENT, wish))
    assert (own.came_by, own.case) == ("case", case)
    assert own.person is not None and own.person.login == RESIDENT
    desk = Proposal.objects.get(uid=file(hall, uid, DESK, wish))
    assert (desk.came_by, desk.person) == ("case", None)


def test_a_body_proposes_through_whoever_speaks_for_it(called: tuple[Hall, str]) -> None:
    hall, uid = called
    school = hall.world.bodies["柳荫小学"]
    wish = replace(WISH, body=school.uid)
    row = Proposal.objects.get(uid=file(hall, uid, hall.chair(BodyKind.LOCAL_UNIT), wish))
    assert (row.body, row.came_by, row.person) == (school, "unit", None)
    other = proposing.file(hall.world.ask(RESIDENT, hall.now), uid, wish)
    assert code(other) == "not_yours"


def test_a_body_of_another_community_proposes_nothing_here(called: tuple[Hall, str]) -> None:
    hall, uid = called
    world = hall.world
    firm = world.body("石桥物业公司", BodyKind.PROPERTY_FIRM, "石桥社区")
    world.appoint("石桥老马", Role.CONVENER, "石桥社区", firm.name)
    foreign = proposing.file(world.ask("石桥老马", hall.now), uid, replace(WISH, body=firm.uid))
    assert code(foreign) == "not_yours"
    # One of the whole sub-district may.
    office = world.body("望江消防站", BodyKind.LOCAL_UNIT, "望江街道")
    world.appoint("消防老秦", Role.CONVENER, "望江街道", office.name)
    wish = file(hall, uid, "消防老秦", replace(WISH, body=office.uid))
    assert Proposal.objects.get(uid=wish).body == office


def test_only_its_author_changes_a_wish_while_the_call_runs(called: tuple[Hall, str]) -> None:
    hall, uid = called
    wish = file(hall, uid)
    said = replace(WISH, title="修平院内路面和台阶")
    foreign = proposing.change(hall.world.ask(NEIGHBOUR, hall.now), wish, said)
    assert code(foreign) == "not_yours"
    hall.did(proposing.change(hall.world.ask(RESIDENT, hall.now), wish, said))
    assert Proposal.objects.get(uid=wish).title == "修平院内路面和台阶"
    screened(hall, uid)
    late = proposing.change(hall.world.ask(RESIDENT, hall.now), wish, said)
    assert code(late) == "call_not_open"


def test_a_wish_that_passes_becomes_a_project_with_a_text(called: tuple[Hall, str]) -> None:
    hall, uid = called
    wish = file(hall, uid)
    screened(hall, uid)
    hall.did(screening.pass_(hall.world.ask(SECRETARY, hall.now), wish, MADE))
    project = Project.objects.get(topic__uid=uid)
    assert (project.state, project.kind, project.option.title) == ("screened", "works", MADE.title)
    row = Proposal.objects.get(uid=wish)
    assert (row.state, row.project) == ("passed", project)
    assert Entry.objects.get(subject_uid=project.uid).code == "project.made"
    assert told(RESIDENT) == ["proposal.filed", "proposal.passed"]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"planned": None}, "planned_unsaid"),
        ({"planned": True}, "planned_already"),
        ({"checked": " "}, "checked_missing"),
        ({"title": ""}, "proposal_title_missing"),
        ({"words": ""}, "words_missing"),
        ({"kind": "airport"}, "project_kind_unknown"),
        ({"title": "王师傅13800138000"}, "words_personal"),
    ],
)
def test_what_a_project_lacks_keeps_the_wish_waiting(
    called: tuple[Hall, str], change: dict[str, object], refused: str
) -> None:
    hall, uid = called
    wish = file(hall, uid)
    screened(hall, uid)
    made = replace(MADE, **change)  # type: ignore[arg-type]
    assert code(screening.pass_(hall.world.ask(SECRETARY, hall.now), wish, made)) == refused
    assert Proposal.objects.get(uid=wish).state == "filed"
    assert not Project.objects.exists() and not Option.objects.exists()


def test_the_same_wish_goes_on_with_anothers_and_may_be_parted(called: tuple[Hall, str]) -> None:
    hall, uid = called
    first, second = file(hall, uid), file(hall, uid, NEIGHBOUR)
    screened(hall, uid)
    hall.did(screening.pass_(hall.world.ask(SECRETARY, hall.now), first, MADE))
    project = Project.objects.get()
    ask = hall.world.ask
    hall.did(screening.join(ask(SECRETARY, hall.now), second, project.uid, "同一段路"))
    row = Proposal.objects.get(uid=second)
    assert (row.state, row.project, row.words) == ("joined", project, WISH.words)
    assert row.person is not None and row.person.login == NEIGHBOUR
    hall.did(screening.part(ask(SECRETARY, hall.now), second, "其实是另一段"))
    row.refresh_from_db()
    assert (row.state, row.project) == ("filed", None)
    assert told(NEIGHBOUR) == ["proposal.filed", "proposal.joined", "proposal.parted"]


def test_a_wish_is_refused_by_an_entry_of_the_list_and_its_author_reads_which(
    called: tuple[Hall, str],
) -> None:
    hall, uid = called
    wish = file(hall, uid)
    screened(hall, uid)
    ask = hall.world.ask
    unknown = screening.refuse(ask(SECRETARY, hall.now), wish, "ugly", "不好看")
    assert code(unknown) == "negative_unknown"
    assert code(screening.refuse(ask(SECRETARY, hall.now), wish, "liable", "")) == "words_missing"
    hall.did(screening.refuse(ask(SECRETARY, hall.now), wish, "liable", "属物业维修范围"))
    message = Message.objects.get(template="proposal.refused")
    assert message.params["ground"] == "别人该负责的（如物业服务企业份内的事）"
    assert message.params["words"] == "属物业维修范围"
    assert code(proposing.withdraw(ask(RESIDENT, hall.now), wish)) == "not_now"


def test_who_proposed_does_not_screen_it(called: tuple[Hall, str]) -> None:
    hall, uid = called
    chair = hall.chair(BodyKind.RESIDENTS_COMMITTEE)
    body = hall.world.bodies[SEATS[BodyKind.RESIDENTS_COMMITTEE][0]].uid
    wish = file(hall, uid, chair, replace(WISH, body=body))
    screened(hall, uid)
    own = screening.pass_(hall.world.ask(chair, hall.now), wish, MADE)
    assert code(own) == "not_independent"


def test_of_two_at_one_wish_one_is_told_it_has_changed(called: tuple[Hall, str]) -> None:
    hall, uid = called
    wish = file(hall, uid)
    screened(hall, uid)
    seen = Proposal.objects.get(uid=wish).version
    first = hall.world.ask(SECRETARY, hall.now, version=seen)
    second = hall.world.ask(hall.chair(BodyKind.RESIDENTS_COMMITTEE), hall.now, version=seen)
    hall.did(screening.refuse(first, wish, "private", "自家的事"))
    late = screening.pass_(second, wish, MADE)
    assert code(late) in ("stale", "not_now")
    assert Proposal.objects.get(uid=wish).state == "refused"
    assert not Project.objects.exists()


def test_a_screening_ends_once_every_wish_has_been_through_it(called: tuple[Hall, str]) -> None:
    hall, uid = called
    first, second = file(hall, uid), file(hall, uid, NEIGHBOUR)
    screened(hall, uid)
    hall.attach(uid)
    hall.did(screening.pass_(hall.world.ask(SECRETARY, hall.now), first, MADE))
    waits = ending.end_projects(hall.world.ask(DESK, hall.now), uid)
    assert isinstance(waits, Refusal)
    assert (waits.code, waits.have) == ("projects_waiting", 1)
    hall.did(screening.refuse(hall.world.ask(SECRETARY, hall.now), second, "private", "自家的事"))
    assert isinstance(ending.end_projects(hall.world.ask(DESK, hall.now), uid), Done)
    assert hall.topic(uid).stage == "discuss"


def test_a_screening_from_which_nothing_goes_on_is_published_as_not_done(
    called: tuple[Hall, str],
) -> None:
    hall, uid = called
    wish = file(hall, uid)
    screened(hall, uid)
    hall.attach(uid)
    hall.did(screening.refuse(hall.world.ask(SECRETARY, hall.now), wish, "private", "自家的事"))
    hall.did(ending.end_projects(hall.world.ask(DESK, hall.now), uid))
    assert hall.topic(uid).stage == "tell_none"


def test_the_helper_takes_a_round_with_its_wishes_into_the_talks(world: World) -> None:
    hall, uid = round_at(world, "discuss")
    assert hall.topic(uid).stage == "discuss"
    assert Project.objects.filter(topic__uid=uid, state="screened").count() == 2
    assert proposed(hall, uid) == []


def test_everybody_whose_wish_it_was_is_told_what_becomes_of_the_project(world: World) -> None:
    hall, uid = round_at(world, "call")
    first, second = file(hall, uid), file(hall, uid, NEIGHBOUR)
    screened(hall, uid)
    project = passed(hall, first)
    joined = screening.join(world.ask(SECRETARY, hall.now), second, project, "同一段路")
    hall.did(joined)
    taken_to(hall, uid, "discuss")
    costed(hall, project)
    agreed(hall, project)
    rows = Message.objects.filter(template="project.chosen").order_by("id")
    assert [row.recipient.login for row in rows] == [RESIDENT, NEIGHBOUR]
    assert {row.params["number"] for row in rows} == {Project.objects.get().number}


@pytest.mark.parametrize("said", ["电话13800138000，请来一趟", "王桂英提得好"])
def test_what_the_author_is_told_names_nobody_as_everybody_reads_it(
    called: tuple[Hall, str], said: str
) -> None:
    hall, uid = called
    first, second = file(hall, uid), file(hall, uid)
    screened(hall, uid)
    ask = hall.world.ask(SECRETARY, hall.now)
    for field in ("title", "words", "checked", "answer"):
        answer = screening.pass_(ask, first, replace(MADE, **{field: said}))
        assert answer == Refusal("words_personal", have=field, source="practice G10")
    hall.did(screening.pass_(hall.world.ask(SECRETARY, hall.now), first, MADE))
    project = Project.objects.get().uid
    ask = hall.world.ask(SECRETARY, hall.now)
    assert code(screening.join(ask, second, project, said)) == "words_personal"
    assert code(screening.refuse(ask, second, "liable", said)) == "words_personal"


def test_a_title_does_not_name_its_author(called: tuple[Hall, str]) -> None:
    hall, uid = called
    named = replace(WISH, title="王桂英家门口修路")
    answer = proposing.file(hall.world.ask(RESIDENT, hall.now), uid, named)
    assert answer == Refusal("words_personal", have="title", source="practice G10")
    of_another = replace(named, name="王桂英")
    assert code(proposing.file(hall.world.ask(DESK, hall.now), uid, of_another)) == "words_personal"


def test_the_desk_speaks_for_those_it_wrote_down_and_for_no_body(called: tuple[Hall, str]) -> None:
    hall, uid = called
    speaker, body = f"{VOLUNTEERS}{CONVENER}", hall.world.bodies[VOLUNTEERS].uid
    of_body = file(hall, uid, speaker, replace(WISH, body=body))
    desk = hall.world.ask(DESK, hall.now)
    assert code(proposing.change(desk, of_body, WISH)) == "not_yours"
    assert code(proposing.withdraw(desk, of_body)) == "not_yours"
    hall.did(proposing.withdraw(hall.world.ask(speaker, hall.now), of_body))
    written = file(hall, uid, DESK, replace(WISH, name="老张"))
    hall.did(proposing.withdraw(hall.world.ask(DESK, hall.now), written))
