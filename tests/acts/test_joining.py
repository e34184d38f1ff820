"""加入同类诉求: one's own report, handled with the open matter one chose, and out of it again."""

from datetime import timedelta

import pytest

from tests.acts.world import NOW, World
from yishi.acts import report
from yishi.acts.case import intake, merging
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.figures import Slice, Which
from yishi.core.refusal import Refusal
from yishi.records.models import Asked, Attachment, Case, Clock, Entry, Link, Merge, Report
from yishi.records.queries import figures
from yishi.records.queries.figures import page_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def words(w: World, text: str = "楼下又停满了车", building: str = "柳荫2栋") -> Words:
    return Words(text, building=w.buildings[building].uid)


def raised(w: World, text: str = "消防通道停车，车出不来", who: str = "王桂英") -> str:
    done = report.file(w.ask(who), words(w, text, "柳荫1栋"))
    assert isinstance(done, Done), done
    return done.uid


def dispatched(w: World, uid: str) -> None:
    done = intake.dispatch(w.ask("分拨员老赵", NOW), uid, w.duties["井盖缺失"].uid)
    assert isinstance(done, Done), done


def clock(uid: str) -> tuple[str, bool]:
    row = Clock.objects.get(case__uid=uid, kind="intake")
    return row.state, row.ended_at is not None


def test_a_report_of_its_own_handled_with_the_main_one(world: World) -> None:
    main = raised(world)
    done = report.join(world.ask("李建国", LATER), words(world), main)
    assert isinstance(done, Done), done
    case = Case.objects.get(uid=done.uid)
    own = Report.objects.get(number=done.number)
    assert case.main is not None and own.building is not None
    assert (case.state, case.main.uid, case.is_open, case.closed_at) == (
        "merged",
        main,
        False,
        LATER,
    )
    assert (own.words, own.person, own.building.name) == (
        "楼下又停满了车",
        world.people["李建国"],
        "柳荫2栋",
    )
    assert list(own.links.order_by("id").values_list("case__uid", "until_at")) == [
        (done.uid, LATER),
        (main, None),
    ]
    entries = Entry.objects.filter(at=LATER).order_by("id")
    assert list(entries.values_list("subject_uid", "code", "subject_no")) == [
        (done.uid, "report.joined", 1),
        (main, "case.joined", 2),
    ]


@pytest.mark.parametrize(
    ("given", "joined", "undone"),
    [(False, ("running", False), ("running", False)), (True, ("done", True), ("running", False))],
)
def test_undone_it_stands_by_itself_with_its_clock_from_filing(
    world: World, given: bool, joined: tuple[str, bool], undone: tuple[str, bool]
) -> None:
    main = raised(world)
    if given:
        dispatched(world, main)
    done = report.join(world.ask("李建国", LATER), words(world), main)
    assert isinstance(done, Done), done
    assert clock(done.uid) == joined
    out = merging.unmerge(
        world.ask("分拨员老赵", LATER + timedelta(hours=1)), done.uid, "不是同一处"
    )
    assert isinstance(out, Done), out
    case = Case.objects.get(uid=done.uid)
    assert (case.state, case.main, case.is_open, case.closed_at) == ("submitted", None, True, None)
    assert clock(done.uid) == undone
    row = Clock.objects.get(case=case)
    assert (row.started_at, row.due_at) == (LATER, case.due_at)
    here = Link.objects.filter(until_at=None)
    assert here.get(report__number=done.number).case == case
    assert here.filter(case__uid=main).count() == 1


def test_everyone_on_it_gets_the_answer_that_is_due(world: World) -> None:
    main = raised(world)
    done = report.join(world.ask("李建国", LATER), words(world), main)
    assert isinstance(done, Done), done
    told = intake.refuse(world.ask("分拨员老赵", LATER), main, "emergency", "请拨打 110")
    assert isinstance(told, Done), told
    own = Report.objects.get(number=done.number)
    assert (own.answer, own.answered_at) == ("请拨打 110", LATER)
    assert clock(done.uid)[0] == "done"


def test_the_figures_count_it_as_received_and_as_merged(world: World) -> None:
    main = raised(world)
    assert isinstance(report.join(world.ask("李建国", LATER), words(world), main), Done)
    found = figures.counted(world.actor("街道主任"), Slice(), LATER)
    assert isinstance(found, figures.Counts)
    rows = {which: page_of(found, which, 1).total for which in (Which.RECEIVED, Which.MERGED)}
    assert rows == {Which.RECEIVED: 2, Which.MERGED: 1}


def test_photos_go_with_the_report(world: World) -> None:
    from yishi.records.files import store

    photo = store(b"p", "image/jpeg")
    given = Words("停满了", building=world.buildings["柳荫1栋"].uid, photos=[photo])
    done = report.join(world.ask("李建国", LATER), given, raised(world))
    assert isinstance(done, Done), done
    assert Attachment.objects.get(report__number=done.number).part == "photo"


def test_the_same_form_twice_is_one_report(world: World) -> None:
    main = raised(world)
    first = report.join(world.ask("李建国", LATER, "k"), words(world), main)
    second = report.join(world.ask("李建国", LATER, "k"), words(world), main)
    assert isinstance(first, Done) and isinstance(second, Done)
    assert (second.number, second.again) == (first.number, True)
    assert Merge.objects.count() == 1


def refused(w: World, main: str, who: str = "李建国", given: Words | None = None) -> str:
    before = (Report.objects.count(), Case.objects.count(), Entry.objects.count())
    answer = report.join(w.ask(who, LATER, "refused"), given or words(w), main)
    assert isinstance(answer, Refusal), answer
    assert (Report.objects.count(), Case.objects.count(), Entry.objects.count()) == before
    assert not Asked.objects.filter(key="refused").exists()
    return answer.code


def test_what_may_not_be_joined_says_nothing_about_itself(world: World) -> None:
    main = raised(world)
    elsewhere = Words("停车", place=world.places["石桥社区"].uid)
    old = raised(world)
    Case.objects.filter(uid=old).update(filed_at=NOW - timedelta(days=31))
    closed = raised(world)
    intake.refuse(world.ask("分拨员老赵", NOW), closed, "emergency", "请拨打 110")
    sorted_out = raised(world, "楼上每天吵")
    Case.objects.filter(uid=sorted_out).update(item_title="家庭邻里纠纷")
    assert {
        "nobody's": refused(world, "nobody's"),
        "elsewhere": refused(world, main, given=elsewhere),
        "old": refused(world, old),
        "closed": refused(world, closed),
        "a dispute by its item": refused(world, sorted_out),
        "a denunciation by its words": refused(world, raised(world, "我要举报楼下的店")),
        "a family": refused(world, raised(world, "隔壁夫妻天天打架")),
    } == dict.fromkeys(
        [
            "nobody's",
            "elsewhere",
            "old",
            "closed",
            "a dispute by its item",
            "a denunciation by its words",
            "a family",
        ],
        "join_closed",
    )


def test_who_joined_makes_it_private_too(world: World) -> None:
    main = raised(world)
    Report.objects.filter(links__case__uid=main).update(words="为停车和邻居打架")
    assert refused(world, main) == "join_closed"


@pytest.mark.parametrize(("days", "code"), [(30, "yes"), (31, "join_closed")])
def test_thirty_days_are_not_too_old(world: World, days: int, code: str) -> None:
    main = raised(world)
    Case.objects.filter(uid=main).update(filed_at=NOW - timedelta(days=days))
    answer = report.join(world.ask("李建国", NOW), words(world), main)
    assert (answer.code if isinstance(answer, Refusal) else "yes") == code


def test_one_is_not_twice_on_the_same_matter(world: World) -> None:
    main = raised(world)
    assert refused(world, main, "王桂英") == "join_own"
    assert isinstance(report.join(world.ask("李建国", LATER), words(world), main), Done)
    assert refused(world, main) == "join_own"


def test_a_full_group_takes_nobody_in(world: World) -> None:
    main = raised(world)
    case = Case.objects.get(uid=main)
    first = Report.objects.get(links__case=case)
    for number in range(119):
        first.pk, first.uid, first.number = None, f"u{number}", f"n{number}"
        first.save(force_insert=True)
        Link.objects.create(report=first, case=case, from_at=NOW)
    assert refused(world, main) == "group_full"


def test_what_is_missing_is_asked_for_as_ever(world: World) -> None:
    main = raised(world)
    assert refused(world, main, given=words(world, " ")) == "words_missing"
    assert refused(world, main, given=Words("停车")) == "place_missing"


def test_without_the_rules_nothing_is_joined(world: World) -> None:
    from yishi.records.models import Adoption

    main = raised(world)
    Adoption.objects.filter(kind="similar").delete()
    assert refused(world, main) == "similar_off"


def test_staff_without_the_role_of_a_resident_still_join_as_residents(world: World) -> None:
    """Whoever has an account is a resident too; what they join is theirs as a resident."""
    main = raised(world)
    assert isinstance(report.join(world.ask("社区小周", LATER), words(world), main), Done)
