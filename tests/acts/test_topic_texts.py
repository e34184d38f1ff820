"""A text is commented on, changed where a comment is taken up, adopted by its procedure alone."""

from datetime import timedelta

import pytest

from tests.acts.covenant import (
    DESK,
    FIRST,
    covenant_hall,
    option_of,
    proposed,
    reviewed,
    running,
    voice_of,
)
from tests.acts.hall import COMMUNITY, SECRETARY, Hall
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.topic import leaving, moderating, staging, texts
from yishi.core.refusal import Refusal
from yishi.records.models import (
    Entry,
    Message,
    OptionText,
    OwnText,
    Person,
    StageEntry,
    Voice,
)

RESIDENT = "王桂英"
CHANGED = "第一条 爱护花木。\n第二条 晚九点后不跳广场舞。\n"
WORDED = "第一条 爱护花草树木。\n第二条 晚十点后不跳广场舞。\n"


@pytest.fixture
def hall(world: World) -> Hall:
    return covenant_hall(world)


def hung_out(hall: Hall, uid: str) -> str:
    """It hangs out, and one comment is made; the comment's uid."""
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    hall.did(staging.comment(hall.world.ask(RESIDENT, hall.now), uid, "九点就该安静了"))
    return voice_of(uid).uid


def taken_up(hall: Hall, uid: str, voice: str, text: str, *, matters: bool) -> Done | Refusal:
    option = option_of(hall, uid).uid
    ask = hall.world.ask(DESK, hall.now)
    return texts.take_up_comment(ask, uid, voice, option, text, "采纳", matters=matters)


def test_a_comment_taken_up_answers_it_and_changes_the_text_in_one_act(hall: Hall) -> None:
    uid = running(hall)
    voice = hung_out(hall, uid)
    hall.now += timedelta(days=2)
    hall.did(taken_up(hall, uid, voice, WORDED, matters=False))
    assert option_of(hall, uid).words == WORDED.strip()
    assert list(OptionText.objects.order_by("no").values_list("no", "words", "voice__uid")) == [
        (1, FIRST.strip(), None),
        (2, WORDED.strip(), voice),
    ]
    row = voice_of(uid)
    assert (row.answer, row.is_upheld) == ("采纳", True)
    tally = hall.topic(uid).tally
    assert (tally["open"], tally["taken_up"], tally.get("again")) == (0, 1, None)
    told = Message.objects.filter(recipient=hall.world.people[RESIDENT]).order_by("-id")
    assert told[0].template == "topic.voice_taken_up"


def test_a_change_that_matters_lets_the_period_begin_again(hall: Hall) -> None:
    uid = running(hall)
    voice = hung_out(hall, uid)
    before = hall.topic(uid).tally["until"]
    hall.now += timedelta(days=6)
    hall.did(taken_up(hall, uid, voice, CHANGED, matters=True))
    tally = hall.topic(uid).tally
    assert tally["until"] > before
    assert (tally["since"], tally["again"]) == (hall.now.isoformat(), 1)
    hall.now += timedelta(days=2)
    refused = staging.end_posting(hall.world.ask(DESK, hall.now), uid)
    assert isinstance(refused, Refusal) and refused.code == "period_runs"
    hall.now += timedelta(days=6)
    hall.did(staging.end_posting(hall.world.ask(DESK, hall.now), uid))
    assert hall.topic(uid).stage == "resolve"


def test_another_figure_always_matters(hall: Hall) -> None:
    uid = running(hall)
    voice = hung_out(hall, uid)
    refused = taken_up(hall, uid, voice, CHANGED, matters=False)
    assert refused == Refusal("change_matters", "", "", "", "ours")
    assert option_of(hall, uid).words == FIRST.strip()
    assert not OptionText.objects.exists()


def test_no_period_begins_again_beyond_the_time_of_the_step(hall: Hall) -> None:
    uid = running(hall)
    voice = hung_out(hall, uid)
    topic = hall.topic(uid)
    hall.now = topic.due_at - timedelta(days=3)  # type: ignore[operator]
    refused = taken_up(hall, uid, voice, CHANGED, matters=True)
    assert isinstance(refused, Refusal) and refused.code == "change_past_limit"
    assert refused.need == topic.due_at.isoformat()  # type: ignore[union-attr]
    hall.did(taken_up(hall, uid, voice, WORDED, matters=False))


@pytest.mark.parametrize(
    ("text", "code"), [(FIRST, "text_same"), ("  ", "text_same"), ("长" * 20_001, "words_too_long")]
)
def test_a_text_that_is_not_another_one_is_refused(hall: Hall, text: str, code: str) -> None:
    uid = running(hall)
    voice = hung_out(hall, uid)
    refused = taken_up(hall, uid, voice, text, matters=True)
    assert isinstance(refused, Refusal) and refused.code == code


def test_a_comment_is_taken_up_once_and_belongs_to_its_topic(hall: Hall) -> None:
    uid = running(hall)
    voice = hung_out(hall, uid)
    hall.did(taken_up(hall, uid, voice, WORDED, matters=False))
    again = taken_up(hall, uid, voice, CHANGED, matters=True)
    assert again == Refusal("voice_answered", source="comment")
    assert taken_up(hall, uid, "nobody", CHANGED, matters=True) == Refusal(
        "not_found", have="voice"
    )


def test_a_notice_is_changed_only_through_an_upheld_objection(hall: Hall) -> None:
    w = hall.world
    uid = running(hall, stage="announce")
    hall.did(staging.post(w.ask(DESK, hall.now), uid, "各楼道口"))
    hall.did(staging.object_to(w.ask(RESIDENT, hall.now), uid, "十点太晚"))
    voice = voice_of(uid).uid
    refused = taken_up(hall, uid, voice, CHANGED, matters=True)
    assert isinstance(refused, Refusal) and refused.code == "step_skipped"
    option = option_of(hall, uid).uid
    fixed = texts.change_option(w.ask(DESK, hall.now), uid, option, CHANGED, "有人反对")
    assert isinstance(fixed, Refusal) and fixed.code == "text_fixed"
    hall.did(staging.rule_objection(w.ask(SECRETARY, hall.now), uid, voice, "有理", upheld=True))
    hall.did(staging.end_posting(w.ask(DESK, hall.now), uid))
    assert hall.topic(uid).stage == "resolve"
    fixed = texts.change_option(w.ask(DESK, hall.now), uid, option, CHANGED, "照异议改")
    assert isinstance(fixed, Refusal) and fixed.code == "text_fixed"
    hall.did(texts.change_option(w.ask(DESK, hall.now), uid, option, CHANGED, "照异议改", voice))
    row = OptionText.objects.order_by("-no").first()
    assert row is not None and row.voice is not None
    assert (row.no, row.voice.uid, option_of(hall, uid).words) == (2, voice, CHANGED.strip())


def test_while_it_is_drafted_the_text_is_changed_with_a_reason(hall: Hall) -> None:
    w = hall.world
    uid = running(hall, stage="draft")
    option = option_of(hall, uid).uid
    refused = texts.change_option(w.ask(DESK, hall.now), uid, option, CHANGED, " ")
    assert refused == Refusal("why_missing", source="practice G5")
    hall.did(texts.change_option(w.ask(DESK, hall.now), uid, option, CHANGED, "居委会商量后改"))
    entry = Entry.objects.filter(subject_uid=uid).order_by("-subject_no")[0]
    assert (entry.code, entry.params["why"]) == ("topic.option_changed", "居委会商量后改")
    hall.to(uid, "comment")
    hall.did(staging.post(w.ask(DESK, hall.now), uid, "各楼道口"))
    refused = texts.change_option(w.ask(DESK, hall.now), uid, option, FIRST, "还是原来的好")
    assert isinstance(refused, Refusal) and refused.code == "text_hangs_out"


def test_the_covenant_comes_into_force_at_its_published_end(hall: Hall) -> None:
    uid = running(hall, stage="tell_adopted")
    assert not OwnText.objects.exists()
    hall.pass_stage(uid)
    first = OwnText.objects.get()
    assert (first.place.name, first.kind, first.version) == (COMMUNITY, "covenant", 1)
    assert (first.words, first.topic.uid, first.replaced_at) == (FIRST.strip(), uid, None)
    assert first.title == "柳荫社区居民公约"
    hall.now += timedelta(days=30)
    second = running(hall, CHANGED, "tell_adopted")
    hall.pass_stage(second)
    rows = OwnText.objects.order_by("version")
    assert [(row.version, row.words, row.topic.uid, row.replaced_at) for row in rows] == [
        (1, FIRST.strip(), uid, rows[1].adopted_at),
        (2, CHANGED.strip(), second, None),
    ]


def test_what_is_not_passed_comes_into_force_nowhere(hall: Hall) -> None:
    uid = running(hall, stage="resolve")
    hall.vote(uid, {option_of(hall, uid).uid: 3})
    assert hall.topic(uid).stage == "tell_dropped"
    hall.pass_stage(uid)
    assert hall.topic(uid).outcome == "dropped"
    assert not OwnText.objects.exists()


def test_a_text_is_not_adopted_past_its_procedure(hall: Hall) -> None:
    w = hall.world
    uid = running(hall, stage="announce")
    hall.did(leaving.override(w.ask("街道主任", hall.now), uid, "tell_adopted", "等不及了"))
    refused = staging.publish(w.ask(DESK, hall.now), uid, "通过了")
    assert refused == Refusal("text_by_exception", 0, 1, "exception", "practice G4")
    hall.did(leaving.override(w.ask("街道主任", hall.now), uid, "resolve", "还是按程序"))
    hall.to(uid, "tell_adopted")
    refused = staging.publish(w.ask(DESK, hall.now), uid, "通过了")
    assert isinstance(refused, Refusal) and refused.code == "text_by_exception"
    assert not OwnText.objects.exists()


def test_a_text_nobody_voted_on_is_not_adopted(hall: Hall) -> None:
    w = hall.world
    uid = running(hall, stage="draft")
    hall.did(leaving.override(w.ask("街道主任", hall.now), uid, "tell_adopted", "等不及了"))
    refused = staging.publish(w.ask(DESK, hall.now), uid, "通过了")
    assert isinstance(refused, Refusal) and refused.code == "text_unchosen"


def test_one_topic_at_a_time_makes_a_text(hall: Hall) -> None:
    uid = running(hall)
    other = proposed(hall, CHANGED)
    refused = reviewed(hall, other)
    assert refused == Refusal("text_under_way", "", "订立居民公约", "", "practice G5")
    hall.did(reviewed(hall, other, "charter"))
    hall.to(uid, "")
    third = proposed(hall, CHANGED)
    hall.did(reviewed(hall, third))


def test_a_voice_is_hidden_on_a_ground_told_answered_and_shown_again(hall: Hall) -> None:
    w = hall.world
    uid = running(hall)
    voice = hung_out(hall, uid)
    refused = moderating.hide_voice(w.ask(DESK, hall.now), uid, voice, "too_loud")
    assert isinstance(refused, Refusal) and refused.code == "hide_ground_unknown"
    assert refused.need == ("personal", "insult", "unlawful", "advert", "off_topic")
    hall.did(moderating.hide_voice(w.ask(DESK, hall.now), uid, voice, "off_topic"))
    row = voice_of(uid)
    assert (row.hidden_ground, row.hidden_by) == ("off_topic", w.people[DESK])
    told = Message.objects.filter(recipient=w.people[RESIDENT]).order_by("-id")[0]
    assert (told.template, told.params["ground"]) == ("topic.voice_hidden", "与本议题无关")
    again = moderating.hide_voice(w.ask(DESK, hall.now), uid, voice, "insult")
    assert again == Refusal("voice_hidden", source="redaction")
    refused = staging.end_posting(w.ask(DESK, hall.now + timedelta(days=9)), uid)
    assert isinstance(refused, Refusal) and refused.code == "voices_open"
    hall.did(staging.answer_comment(w.ask(DESK, hall.now), uid, voice, "已转文体队"))
    hall.did(moderating.restore_voice(w.ask("监督委员老何", hall.now), uid, voice))
    assert (voice_of(uid).hidden_ground, voice_of(uid).hidden_at) == ("", None)
    gone = moderating.restore_voice(w.ask(DESK, hall.now), uid, voice)
    assert gone == Refusal("voice_shown", source="redaction")


def test_a_resident_hides_nobody(hall: Hall) -> None:
    uid = running(hall)
    voice = hung_out(hall, uid)
    refused = moderating.hide_voice(hall.world.ask(RESIDENT, hall.now), uid, voice, "insult")
    assert isinstance(refused, Refusal) and refused.code == "not_yours"


def test_what_somebody_said_is_kept_with_the_voice_alone(hall: Hall) -> None:
    uid = running(hall)
    hung_out(hall, uid)
    said = "九点就该安静了"
    assert voice_of(uid).words == said
    kept = StageEntry.objects.filter(passage__topic__uid=uid)
    assert [row.words for row in kept if said in row.words] == []
    for entry in Entry.objects.filter(subject_uid=uid):
        assert said not in str(entry.params)
        assert said not in bytes(entry.leaf).decode()


def test_everybody_at_home_there_is_told_once_that_it_hangs_out(hall: Hall) -> None:
    w = hall.world
    there = w.buildings["柳荫1栋"]
    Person.objects.filter(pk=w.people[RESIDENT].pk).update(home=there)
    uid = running(hall)
    hall.did(staging.post(w.ask(DESK, hall.now), uid, "各楼道口"))
    told = Message.objects.filter(template="topic.open_for_comment")
    assert list(told.values_list("recipient", flat=True)) == list(
        Person.objects.filter(home__community=w.places[COMMUNITY], is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    assert told[0].params["until"] == hall.topic(uid).tally["until"]
    refused = staging.post(w.ask(DESK, hall.now), uid, "各楼道口")
    assert isinstance(refused, Refusal) and refused.code == "already_posted"


def test_one_person_says_so_much_of_a_plan_and_no_more_each_time_it_hangs_out(hall: Hall) -> None:
    """Ten comments of one person, whoever wrote them down; of another as many."""
    uid = running(hall)
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))

    def comment(who: str, name: str = "") -> Done | Refusal:
        return staging.comment(hall.world.ask(who, hall.now), uid, "九点就该安静了", name)

    for _ in range(10):
        hall.did(comment(RESIDENT))
    assert comment(RESIDENT) == Refusal("voices_many", 10, 10, "voice", "ours")
    assert Voice.objects.count() == 10
    hall.did(comment("李建国"))
    for _ in range(10):
        hall.did(comment(DESK, "楼上的陈奶奶"))
    assert comment(DESK, "楼上的陈奶奶") == Refusal("voices_many", 10, 10, "voice", "ours")
    hall.did(comment(DESK, "楼下的陈爷爷"))
    hall.did(comment(DESK))


def test_five_objections_are_taken_from_one_person(hall: Hall) -> None:
    uid = running(hall, stage="announce")
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    for _ in range(5):
        hall.did(staging.object_to(hall.world.ask(RESIDENT, hall.now), uid, "程序不对"))
    again = staging.object_to(hall.world.ask(RESIDENT, hall.now), uid, "程序不对")
    assert again == Refusal("voices_many", 5, 5, "voice", "ours")
    hall.did(staging.object_to(hall.world.ask("李建国", hall.now), uid, "程序不对"))
