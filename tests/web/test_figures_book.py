"""The book of all cases says after any act what a book made anew would say."""

from datetime import timedelta

import numpy as np
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, STARS, World
from tests.web.many import carried, done, neighbours, raised, together
from yishi.acts.case import closing, handling, intake, merging, returning
from yishi.acts.exclusion import ask_exclusion, decide_exclusion
from yishi.core.case.closing import Rating as RatingValue
from yishi.records.models import Case, Entry, Exclusion, Rating, Report, Request
from yishi.records.queries.figures_book import WINDOW, current, forget


def as_made_anew() -> None:
    """What is kept is what a fresh reading says, row for row."""
    kept, words = current()
    forget()
    fresh, fresh_words = current()
    for name in fresh.rows.dtype.names or ():
        if name not in ("item", "channel"):
            assert np.array_equal(kept.rows[name], fresh.rows[name]), name
    for name, known, anew in (
        ("item", words.items, fresh_words.items),
        ("channel", words.channels, fresh_words.channels),
    ):
        codes = [{at: code for code, at in book.items()} for book in (known, anew)]
        said = [
            [code[at] for at in book.rows[name].tolist()]
            for book, code in zip((kept, fresh), codes, strict=True)
        ]
        assert said[0] == said[1]


def test_the_book_follows_every_act(world: World) -> None:
    current()
    zhao, later = "分拨员老赵", NOW + timedelta(hours=1)
    first, second, third = neighbours(world, 3)
    as_made_anew()
    done(intake.dispatch(world.ask(zhao), first.uid, world.duties["楼道堆物"].uid))
    as_made_anew()
    for answer in merging.merge(world.ask(zhao), first.uid, [second.uid, third.uid], "同一处"):
        done(answer)
    as_made_anew()
    first.refresh_from_db()
    carried(world, first, later)
    as_made_anew()
    for report in Report.objects.order_by("id"):
        word = RatingValue(report.uid, True, "basically", STARS)
        done(closing.call_back(world.ask("回访员小郑", later), first.uid, word))
        # A resident's word is put to the matter they raised, merged or not.
        as_made_anew()
    assert np.flatnonzero(current()[0].rows["rated"]).tolist() == [0, 1, 2]


def test_the_book_follows_returns_and_push_downs(world: World) -> None:
    current()
    case = raised(world, "王桂英", "井盖没了")
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, world.duties["井盖缺失"].uid))
    sun = "城管小孙"
    done(handling.sign(world.ask(sun), case.uid))
    done(returning.ask_return(world.ask(sun), case.uid, "不归我们", "清单第三行"))
    as_made_anew()
    request = Request.objects.get(case=case).uid
    done(returning.decide_return(world.ask("分拨员老赵"), case.uid, request, "accepted", "可以"))
    as_made_anew()
    rows = current()[0].rows
    assert (rows["return_asked"].tolist(), rows["return_accepted"].tolist()) == ([True], [True])
    assert rows["lead"].tolist() == [0]


def test_nothing_new_is_one_statement_and_an_act_at_most_five(world: World) -> None:
    case = together(world, 3)
    current()
    with CaptureQueriesContext(connection) as asked:
        current()
    assert len(asked) == 1
    carried(world, case, NOW + timedelta(hours=2))
    with CaptureQueriesContext(connection) as asked:
        current()
    assert len(asked) == 5


def test_an_act_that_was_rolled_back_is_forgotten(world: World) -> None:
    raised(world, "王桂英", "井盖没了")
    assert len(current()[0].rows) == 1
    with transaction.atomic():
        raised(world, "王桂英", "路灯不亮")
        assert len(current()[0].rows) == 2
        transaction.set_rollback(True)
    assert len(current()[0].rows) == 1
    # The next act gets the same key in the database, and is another.
    raised(world, "王桂英", "停水了")
    assert Case.objects.get(pk=current()[0].rows["id"][1]).line == "停水了"


def test_an_entry_committed_late_is_found_when_it_is_numbered(world: World) -> None:
    """On PostgreSQL a long act commits after many shorter ones, its entry with a lower key."""
    case = raised(world, "王桂英", "井盖没了")
    late = Entry.objects.get(subject_uid=case.uid)
    many = [
        Entry(
            uid=world.uid(),
            subject_kind="place",
            subject_uid=world.uid(),
            subject_no=1,
            code="place.loaded",
            at=NOW,
            leaf=b"{}",
        )
        for _ in range(WINDOW + 5)
    ]
    Entry.objects.bulk_create(many)
    current()
    Case.objects.filter(pk=case.pk).update(item="D1")
    assert current()[0].rows["item"].tolist() == [0]
    Entry.objects.filter(pk=late.pk).update(seq=0)
    assert current()[0].rows["item"].tolist() == [1]


def test_an_exclusion_takes_effect_when_it_is_approved(world: World) -> None:
    case = raised(world, "王桂英", "井盖没了")
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, world.duties["楼道堆物"].uid))
    case.refresh_from_db()
    carried(world, case, NOW)
    report = Report.objects.get()
    word = RatingValue(report.uid, True, "satisfied", STARS)
    done(closing.call_back(world.ask("回访员小郑"), case.uid, word))
    assert current()[0].rows["valid"].tolist() == [True]
    rating = Rating.objects.get()
    done(ask_exclusion(world.ask("社区小周"), rating.uid, "mistaken", "居民说点错了"))
    as_made_anew()
    assert current()[0].rows["excluded"].tolist() == [False]
    uid = Exclusion.objects.get().uid
    done(decide_exclusion(world.ask("督查员老冯"), uid, True, "属实"))
    rows = current()[0].rows
    assert (rows["valid"].tolist(), rows["excluded"].tolist()) == ([False], [True])
