"""A community writes its own method from a copy: the whole way, and what is refused on it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.acts.hall import COMMUNITY, SEATS, SECRETARY, Hall, make_hall
from tests.acts.world import NOW, World
from yishi.acts.door import Done
from yishi.acts.method import adopting, drafting, saying
from yishi.core.method.drafting import Part
from yishi.core.method.language import Method
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.models import Adoption, BundleRow, MethodDraft, MethodWord
from yishi.records.queries.method_draft import assess, draft_for, drafts, to_publish, waiting
from yishi.records.queries.rule import bundle_of, methods_at, parsed
from yishi.rulebook import draft as rulefile
from yishi.rulebook import draft_edit as edit
from yishi.rulebook.shipped import shipped_bundle

DESK, LAWYER, LEADER = "社区小周", "律师小林", "街道主任"
TODAY = date(2026, 3, 11)
NAME = "柳荫四议"
RESOLUTION = "柳荫社区两委联席会议2026年3月11日决议"
RESIDENTS = BodyKind.RESIDENTS_COMMITTEE
SPEAKS = {
    Part.PARTY_COMMITTEE: SECRETARY,
    Part.RESIDENTS_COMMITTEE: "柳荫社区居委会召集人",
    Part.LEGAL: LAWYER,
    Part.FILING: LEADER,
}


@pytest.fixture
def hall(world: World) -> Hall:
    """柳荫社区 with its bodies, working by no method yet."""
    return make_hall(world)


def did(answer: Done | Refusal) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def copied(hall: Hall, who: str = DESK, method: str = "siyi", name: str = NAME) -> str:
    """A draft; its uid."""
    w = hall.world
    return did(drafting.copy(w.ask(who), w.places[COMMUNITY].uid, method, "1", name)).uid


def row(uid: str) -> MethodDraft:
    return MethodDraft.objects.select_related("place", "base", "published").get(uid=uid)


def digest(uid: str) -> str:
    data = row(uid).data
    return rulefile.digest(data["file"], data["texts"])


def stage(uid: str, procedure: str, id: str) -> dict[str, Any]:
    found = edit.stage_in(row(uid).data["file"], procedure, id)
    assert found is not None
    return {key: value for key, value in found.items() if key not in ("id", "kind")}


def longer_notice(hall: Hall, uid: str, days: int = 10) -> None:
    """The one thing the community wants otherwise: a longer notice of what was resolved."""
    said = stage(uid, "four", "notice")
    said["period"] = {"length": days, "kind": "day", "source": "ours：外出务工的多，多等三天"}
    change = edit.put_stage("four", "notice", said)
    did(drafting.change(hall.world.ask(DESK), uid, change, "notice"))


def sent(hall: Hall) -> str:
    """A changed draft, sent."""
    uid = copied(hall)
    longer_notice(hall, uid)
    did(drafting.send(hall.world.ask(DESK), uid))
    return uid


def say(hall: Hall, uid: str, part: Part, who: str = "", **more: Any) -> Done | Refusal:
    said = {"yes": True, "words": "", "digest": digest(uid), **more}
    ask = hall.world.ask(who or SPEAKS[part])
    return saying.say(ask, uid, part, said["digest"], said["words"], yes=said["yes"])


def publish(hall: Hall, uid: str, **more: Any) -> Done | Refusal:
    said = {"who": SECRETARY, "digest": digest(uid), "why": RESOLUTION, "on": TODAY, **more}
    ask = hall.world.ask(said["who"])
    return adopting.publish(ask, uid, said["digest"], said["why"], said["on"])


def test_from_a_copy_to_a_method_the_community_works_by(hall: Hall) -> None:
    uid = sent(hall)
    for part in Part:
        did(say(hall, uid, part))
    did(publish(hall, uid))
    kept = row(uid).published
    assert kept is not None
    place = hall.world.places[COMMUNITY]
    assert methods_at(place, TODAY) == {kept.name: kept}
    made: Method = parsed(kept)
    assert (made.name.zh, made.layer, made.source) == (NAME, "community", RESOLUTION)
    assert made.based_on.startswith("siyi 1 ")
    notice = made.procedures[0].stage("notice")
    assert notice is not None and notice.period is not None
    assert notice.period.span.length == 10


def test_what_is_published_says_what_was_drafted(hall: Hall) -> None:
    uid = sent(hall)
    for part in Part:
        did(say(hall, uid, part))
    drafted = rulefile.method(row(uid).data["file"])
    did(publish(hall, uid))
    kept = row(uid).published
    assert kept is not None
    read = parsed(kept)
    head = {name: getattr(read, name) for name in ("id", "version", "sha256", "valid_from")}
    assert replace(drafted, **head, source=RESOLUTION) == read
    texts = {name: body.decode() for name, body in bundle_of(kept).files.items() if "/" in name}
    shipped = shipped_bundle("methods", "siyi").files["siyi/cases.md"].decode()
    assert texts == {f"{kept.name}/cases.md": shipped}


def test_the_same_name_again_is_the_next_version(hall: Hall) -> None:
    for days in (10, 14):
        uid = copied(hall)
        longer_notice(hall, uid, days)
        did(drafting.send(hall.world.ask(DESK), uid))
        for part in Part:
            did(say(hall, uid, part))
        did(publish(hall, uid))
    name = rulefile.slug("p2", NAME)
    own = BundleRow.objects.filter(kind="methods", name=name)
    assert sorted(own.values_list("name", "version")) == [(name, "1"), (name, "2")]


def test_each_of_the_four_is_needed(hall: Hall) -> None:
    uid = sent(hall)
    for part in (Part.LEGAL, Part.PARTY_COMMITTEE, Part.FILING):
        did(say(hall, uid, part))
    assert publish(hall, uid) == Refusal(
        "draft_unapproved",
        need=tuple(Part),
        have=(Part.PARTY_COMMITTEE, Part.LEGAL, Part.FILING),
        unit="draft_part",
        source="norms.md §2 Layers of rules",
    )
    assert list(to_publish(hall.world.actor(SECRETARY))) == []
    did(say(hall, uid, Part.RESIDENTS_COMMITTEE))
    assert [one.uid for one in to_publish(hall.world.actor(SECRETARY))] == [uid]
    did(publish(hall, uid))


@pytest.mark.parametrize(
    ("part", "who"),
    [
        (Part.PARTY_COMMITTEE, "柳荫社区居委会召集人"),
        (Part.RESIDENTS_COMMITTEE, SECRETARY),
        (Part.RESIDENTS_COMMITTEE, "柳荫社区党委召集人"),
        (Part.LEGAL, SECRETARY),
        (Part.FILING, LAWYER),
        (Part.FILING, SECRETARY),
    ],
)
def test_nobody_says_anothers_word(hall: Hall, part: Part, who: str) -> None:
    uid = sent(hall)
    said = say(hall, uid, part, who)
    assert isinstance(said, Refusal) and said.code == "not_yours"


def test_who_wrote_it_says_no_word_on_it(hall: Hall) -> None:
    uid = copied(hall, SECRETARY)
    longer_notice(hall, uid)
    did(drafting.send(hall.world.ask(SECRETARY), uid))
    said = say(hall, uid, Part.PARTY_COMMITTEE)
    assert said == Refusal(
        "not_independent", "method.approve", "made", source="norms.md §1 Independence"
    )
    assert list(waiting(hall.world.actor(SECRETARY), Part.PARTY_COMMITTEE)) == []


def test_a_no_sends_it_back_and_every_word_is_said_anew(hall: Hall) -> None:
    uid = sent(hall)
    did(say(hall, uid, Part.PARTY_COMMITTEE))
    no = say(hall, uid, Part.LEGAL, yes=False)
    assert isinstance(no, Refusal) and no.code == "why_missing"
    did(say(hall, uid, Part.LEGAL, yes=False, words="公示期写明起算日"))
    assert (row(uid).state, row(uid).round) == ("drafting", 1)
    longer_notice(hall, uid, 12)
    did(drafting.send(hall.world.ask(DESK), uid))
    assert (row(uid).state, row(uid).round) == ("sent", 2)
    said = publish(hall, uid)
    assert isinstance(said, Refusal) and said.have == ()
    words = MethodWord.objects.order_by("id").values_list("part", "round", "is_yes", "words")
    assert list(words) == [
        ("party_committee", 1, True, ""),
        ("legal", 1, False, "公示期写明起算日"),
    ]


def test_a_word_counts_for_the_text_that_was_read(hall: Hall) -> None:
    uid = sent(hall)
    old = digest(uid)
    did(say(hall, uid, Part.LEGAL, yes=False, words="再想想"))
    longer_notice(hall, uid, 15)
    did(drafting.send(hall.world.ask(DESK), uid))
    said = say(hall, uid, Part.FILING, digest=old)
    assert isinstance(said, Refusal) and said.code == "draft_changed"
    did(say(hall, uid, Part.FILING))
    again = say(hall, uid, Part.FILING)
    assert isinstance(again, Refusal) and again.code == "word_said"


def test_a_text_changed_behind_the_door_is_not_published(hall: Hall) -> None:
    uid = sent(hall)
    for part in Part:
        did(say(hall, uid, part))
    data = row(uid).data
    data["file"]["about"] = {"zh": "别的意思"}
    MethodDraft.objects.filter(uid=uid).update(data=data)
    said = publish(hall, uid)
    assert isinstance(said, Refusal) and said.code == "draft_changed"
    assert row(uid).published is None


def test_what_was_sent_is_not_changed(hall: Hall) -> None:
    uid = sent(hall)
    change = edit.drop_stage("four", "notice")
    said = drafting.change(hall.world.ask(DESK), uid, change, "notice")
    assert said == Refusal(
        "draft_not_drafting", "drafting", "sent", "draft_state", "norms.md §2 Layers of rules"
    )


def test_a_copy_that_changes_nothing_is_not_sent(hall: Hall) -> None:
    uid = copied(hall)
    said = drafting.send(hall.world.ask(DESK), uid)
    assert isinstance(said, Refusal) and said.code == "draft_same"


def test_below_the_law_it_is_kept_and_not_sent(hall: Hall) -> None:
    uid = copied(hall)
    said = stage(uid, "four", "resolve")
    said["quorum"] = {**said["quorum"], "share": "1/3"}
    did(drafting.change(hall.world.ask(DESK), uid, edit.put_stage("four", "resolve", said), ""))
    assert stage(uid, "four", "resolve")["quorum"]["share"] == "1/3"
    found = assess(row(uid), TODAY)
    assert [(fault.code, fault.stage) for fault in found.faults] == [
        ("quorum_below_floor", "resolve")
    ]
    refused = drafting.send(hall.world.ask(DESK), uid)
    assert isinstance(refused, Refusal) and refused.code == "draft_faulty"
    assert refused.source == found.faults[0].source != ""


def test_a_stage_that_is_taken_out_leaves_a_way_that_leads_nowhere(hall: Hall) -> None:
    uid = copied(hall)
    ask = hall.world.ask(DESK)
    did(drafting.change(ask, uid, edit.drop_stage("four", "review"), "review"))
    fault = assess(row(uid), TODAY).faults[0]
    assert (fault.code, fault.stage, fault.path) == (
        "target_unknown",
        "discuss",
        ("propose", "discuss", "review"),
    )


def test_what_is_not_filled_in_is_kept_and_named(hall: Hall) -> None:
    uid = copied(hall)
    add = edit.add_stage("four", "discuss", "vote", "先表决一次")
    did(drafting.change(hall.world.ask(DESK), uid, add, "vote"))
    found = assess(row(uid), TODAY)
    assert [wrong.key.removeprefix("procedures.1.stages.3.") for wrong in found.wrong] == [
        "tie",
        "fail",
    ]
    assert found.method is None and found.sketch is not None
    refused = drafting.send(hall.world.ask(DESK), uid)
    assert isinstance(refused, Refusal) and refused.code == "draft_incomplete"


def test_of_two_who_change_it_one_is_told(hall: Hall) -> None:
    uid = copied(hall)
    version = row(uid).version
    longer_notice(hall, uid)
    late = hall.world.ask(SECRETARY, version=version)
    assert drafting.change(late, uid, edit.about("别的", "", ()), "about") == Refusal("stale")


def test_a_method_has_a_name(hall: Hall) -> None:
    w = hall.world
    said = drafting.copy(w.ask(DESK), w.places[COMMUNITY].uid, "siyi", "1", "  ")
    assert isinstance(said, Refusal) and said.code == "draft_name_missing"


def test_it_is_given_up_with_a_reason(hall: Hall) -> None:
    uid = sent(hall)
    said = drafting.withdraw(hall.world.ask(DESK), uid, "")
    assert isinstance(said, Refusal) and said.code == "why_missing"
    did(drafting.withdraw(hall.world.ask(DESK), uid, "等换届以后再议"))
    again = drafting.withdraw(hall.world.ask(DESK), uid, "又一次")
    assert isinstance(again, Refusal) and again.code == "draft_over"


def test_it_rests_on_a_resolution_and_begins_today_or_later(hall: Hall) -> None:
    uid = sent(hall)
    for part in Part:
        did(say(hall, uid, part))
    for said, code in (
        ({"why": " "}, "draft_source_missing"),
        ({"on": TODAY - timedelta(days=1)}, "draft_day_over"),
        ({"digest": "old"}, "draft_changed"),
        ({"who": LAWYER}, "not_yours"),
    ):
        refused = publish(hall, uid, **said)
        assert isinstance(refused, Refusal) and refused.code == code
    did(publish(hall, uid, on=date(2026, 4, 1)))
    place = hall.world.places[COMMUNITY]
    assert methods_at(place, date(2026, 3, 31)) == {}
    assert len(methods_at(place, date(2026, 4, 1))) == 1


def test_another_community_neither_reads_nor_writes_it(hall: Hall) -> None:
    w, uid = hall.world, copied(hall)
    w.appoint("石桥书记", *_secretary())
    other = w.actor("石桥书记")
    assert draft_for(other, uid) is None and list(drafts(other)) == []
    said = drafting.send(w.ask(other), uid)
    assert isinstance(said, Refusal) and said.code == "not_yours"


def _secretary() -> tuple[Any, str]:
    from yishi.core.person import Role

    return Role.SECRETARY, "石桥社区"


def test_who_convenes_another_body_does_not_write_it(hall: Hall) -> None:
    chair = hall.chair(BodyKind.PROPERTY_FIRM)
    place = hall.world.places[COMMUNITY].uid
    said = drafting.copy(hall.world.ask(chair), place, "siyi", "1", NAME)
    assert isinstance(said, Refusal) and said.code == "not_yours"
    did(drafting.copy(hall.world.ask(hall.chair(RESIDENTS)), place, "siyi", "1", NAME))


def test_each_finds_what_waits_for_their_word(hall: Hall) -> None:
    uid = sent(hall)
    for part, who in SPEAKS.items():
        assert [one.uid for one in waiting(hall.world.actor(who), part)] == [uid]
        did(say(hall, uid, part))
        assert list(waiting(hall.world.actor(who), part)) == []
    assert list(waiting(hall.world.actor(DESK), Part.LEGAL)) == []


def test_a_method_is_adopted_as_it_is_and_stopped_from_a_day(hall: Hall) -> None:
    w = hall.world
    place = w.places[COMMUNITY]
    did(adopting.adopt(w.ask(SECRETARY), place.uid, "siyi", "1", TODAY))
    assert list(methods_at(place, TODAY)) == ["siyi"]
    refused = adopting.stop(w.ask(SECRETARY), place.uid, "siyi", date(2026, 5, 1), " ")
    assert isinstance(refused, Refusal) and refused.code == "why_missing"
    did(adopting.stop(w.ask(SECRETARY), place.uid, "siyi", date(2026, 5, 1), "改用自己的工作法"))
    assert list(methods_at(place, date(2026, 4, 30))) == ["siyi"]
    assert methods_at(place, date(2026, 5, 1)) == {}
    said = adopting.stop(w.ask(SECRETARY), place.uid, "siyi", date(2026, 6, 1), "再停")
    assert isinstance(said, Refusal) and said.code == "method_not_worked_by"
    assert Adoption.objects.filter(place=place, kind="methods").count() == 2


def test_a_place_without_the_bodies_does_not_adopt_it(hall: Hall) -> None:
    w = hall.world
    w.appoint("石桥书记", *_secretary())
    said = adopting.adopt(w.ask("石桥书记"), w.places["石桥社区"].uid, "siyi", "1", TODAY)
    assert isinstance(said, Refusal) and said.code == "method_unfit"
    assert isinstance(said.have, tuple) and said.have[0].code == "body_missing"


def test_the_same_form_twice_says_one_word(hall: Hall) -> None:
    uid = sent(hall)
    ask = hall.world.ask(LAWYER, key="once")
    first = saying.say(ask, uid, Part.LEGAL, digest(uid), yes=True)
    again = saying.say(ask, uid, Part.LEGAL, digest(uid), yes=True)
    assert isinstance(first, Done) and isinstance(again, Done) and again.again
    assert MethodWord.objects.count() == 1


assert NOW.date() == TODAY and SEATS
