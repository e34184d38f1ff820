"""The rule files we ship say what the norms say, and say where each number comes from."""

from fractions import Fraction

import pytest

from yishi.assist.similar import SimilarTerms
from yishi.core.calendar import Span, SpanKind
from yishi.core.clock import ClockKind
from yishi.core.person import Role
from yishi.records.alike import terms_of
from yishi.rulebook import kinds
from yishi.rulebook.load import Bundle, read_bundle
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import FOLDER, shipped, shipped_bundle

RULES = kinds.case_rules(shipped_bundle("casework", "standard"))
HOUR, WORKING_HOUR, DAY, WORKING_DAY = SpanKind


@pytest.mark.parametrize("bundle", shipped(), ids=lambda bundle: f"{bundle.kind}-{bundle.id}")
def test_every_shipped_bundle_is_good(bundle: Bundle) -> None:
    assert kinds.parse(bundle)


def test_every_file_in_the_folder_is_shipped() -> None:
    assert len(shipped()) == len(list(FOLDER.rglob("*.toml")))
    with pytest.raises(KeyError):
        shipped_bundle("casework", "nobody's")


def test_the_clocks_of_a_case() -> None:
    assert RULES.clocks == {
        ClockKind.INTAKE: Span(1, WORKING_DAY),
        ClockKind.SIGN: Span(2, HOUR),
        ClockKind.CONTACT: Span(24, HOUR),
        ClockKind.CHECK: Span(1, WORKING_DAY),
        ClockKind.ANSWER: Span(1, WORKING_DAY),
        ClockKind.CALL_BACK: Span(3, WORKING_DAY),
        ClockKind.REDO: Span(3, WORKING_DAY),
        ClockKind.ORDER: Span(5, WORKING_DAY),
        ClockKind.TOPIC: Span(10, WORKING_DAY),
        ClockKind.RETURN: Span(4, WORKING_HOUR),
        ClockKind.RULING: Span(2, WORKING_DAY),
        ClockKind.REQUEST: Span(1, WORKING_DAY),
    }
    assert RULES.handle == {
        "consult": Span(1, WORKING_DAY),
        "suggestion": Span(1, WORKING_DAY),
        "help": Span(5, WORKING_DAY),
        "complaint": Span(5, WORKING_DAY),
        "thanks": Span(1, WORKING_DAY),
    }
    assert RULES.handle_span("never heard of") == Span(5, WORKING_DAY)
    assert RULES.urgent == Span(24, HOUR)
    assert RULES.archive_after == Span(7, DAY)
    assert (RULES.amber, RULES.sample_share) == (Fraction(4, 5), Fraction(1, 10))
    assert (RULES.call_back_attempts, RULES.order_after) == (3, 2)


def test_the_course_of_a_case() -> None:
    course = RULES.course
    assert course is not None
    assert course.return_window == Span(3, HOUR)
    assert (course.extension_times, course.extension_share) == (1, Fraction(1))
    assert (course.suspension_times, course.suspension_longest) == (2, Span(30, DAY))
    grounds = ["resident", "expert", "legal", "season", "works"]
    assert list(course.suspend_reasons) == grounds
    assert course.urge_every == Span(1, WORKING_DAY)
    assert (course.merge_reports, course.split_parts, course.sample_cases) == (120, 10, 5)
    assert list(course.breaches)[:4] == ["late", "untrue", "pushed", "promise"]


def test_six_ways_out_each_with_words_and_a_route() -> None:
    codes = ["emergency", "statutory", "repeated", "private", "out_of_scope", "unlawful"]
    for texts in (RULES.refuse_reasons, RULES.refuse_names, RULES.refuse_routes):
        assert list(texts) == codes
        assert all(text.zh and text.en for text in texts.values())


def test_lists_a_case_chooses_from() -> None:
    assert list(RULES.natures) == ["help", "complaint", "consult", "suggestion", "thanks"]
    assert list(RULES.kinds) == ["on_spot", "on_behalf", "reported_up"]
    assert RULES.never_public == ("dispute", "petition", "denunciation", "family")
    assert list(RULES.axes) == ["speed", "result", "service", "answer"]
    assert list(RULES.satisfaction) == ["satisfied", "basically", "dissatisfied"]


def test_every_number_says_where_it_comes_from() -> None:
    assert RULES.sources["clocks.sign"] == "晴隆 2021 接诉即办办法"
    assert RULES.sources["amber"] == "ours"
    assert RULES.sources["refuse.emergency"] == "北京市接诉即办工作条例 2021 第十一条"
    numbers = {f"clocks.{kind.value}" for kind in RULES.clocks}
    numbers |= {f"handle.{nature}" for nature in RULES.handle}
    numbers |= {f"sizes.{size}" for size in ("words", "photos", "photo_bytes", "photo_pixels")}
    numbers |= {"amber", "sample", "urgent", "archive_after"}
    numbers |= {"call_back.attempts", "call_back.order_after"}
    course = ("return_window", "extension_times", "extension_share", "suspension_longest")
    numbers |= {f"course.{name}" for name in course}
    assert numbers <= RULES.sources.keys()


def test_channels_and_who_may_enter_by_them() -> None:
    channels = {
        channel.code: channel
        for channel in kinds.channels_of(shipped_bundle("channels", "standard"))
    }
    assert channels["building_code"].who == (Role.RESIDENT,)
    assert channels["hotline_12345"].counts_as == "hotline"
    assert channels["grid"].may_enter(frozenset({Role.GRID_WORKER, Role.RESIDENT}))
    assert not channels["grid"].may_enter(frozenset({Role.RESIDENT}))
    assert {"desk", "phone", "box", "owners_group", "hotline_12319"} < channels.keys()
    assert {"urban_management", "gov_mailbox", "wechat", "weibo", "web"} < channels.keys()


CASEWORK = (FOLDER / "casework" / "standard.toml").read_text()


@pytest.mark.parametrize(
    ("was", "becomes", "key", "problem", "allowed"),
    [
        ("[amber]\n", "[amber]\nhue = 1\n", "amber.hue", "is not a key", ("share", "source")),
        ("[urgent]", "[urgnt]", "urgnt", "is not a key of this rule file", "urgent"),
        ("[clocks.sign]", "[clocks.handle]", "clocks.handle", "is not a key", "sign"),
        ("[clocks.sign]\nlength = 2\n", "[clocks.sign]\n", "clocks.sign.length", "is missing", ""),
        ("length = 2\n", "length = 0\n", "clocks.sign.length", "must be a whole number", "1…10000"),
        ("length = 2\n", "length = true\n", "clocks.sign.length", "must be a whole number", ""),
        ("length = 2\n", "length = 2.5\n", "clocks.sign.length", "must be a whole number", ""),
        ('kind = "hour"', 'kind = "hours"', "clocks.sign.kind", "is not one of the", "working_day"),
        ('source = "晴隆 2021 接诉即办办法"\n', "", "clocks.sign.source", "is missing", "source"),
        ('"4/5"', '"5/4"', "amber.share", "must be a share from 0 to 1", ""),
        ('"4/5"', '"4/0"', "amber.share", "must be a share from 0 to 1", ""),
        ('"4/5"', "0.8", "amber.share", "must be a share from 0 to 1", ""),
        ("[handle.thanks]", "[handle.praise]", "handle.thanks", "is missing", "thanks"),
        ('code = "statutory"', 'code = "emergency"', "refuse.2.code", "is there twice", ""),
        ('{ zh = "即办件", en', "{ en", "kinds.1.name.zh", "is missing", "zh"),
        ('{ zh = "即办件",', '{ zh = " ",', "kinds.1.name.zh", "must be words, not empty", ""),
    ],
)
def test_a_wrong_rule_file_is_refused_by_file_key_and_allowed_keys(
    was: str, becomes: str, key: str, problem: str, allowed: str | tuple[str, ...]
) -> None:
    assert was in CASEWORK
    changed = CASEWORK.replace(was, becomes, 1)
    with pytest.raises(RuleFileError) as refused:
        kinds.parse(read_bundle("casework", {"standard.toml": changed.encode()}))
    assert (refused.value.file, refused.value.key) == ("casework/standard.toml", key)
    assert refused.value.problem.startswith(problem)
    if isinstance(allowed, tuple):
        assert refused.value.allowed == allowed
    elif allowed:
        assert allowed in refused.value.allowed


def test_similar_matters_go_by_the_numbers_that_were_measured() -> None:
    rules = kinds.similar_rules(shipped_bundle("similar", "standard"))
    assert (rules.offer_most, rules.offer_days, rules.group_days) == (5, 30, 30)
    assert (rules.letters, rules.said_by, rules.burst_factor) == (4, 3, 3)
    assert list(rules.private) == ["dispute", "petition", "denunciation", "family"]
    assert terms_of(rules) == SimilarTerms()
