"""How scores are judged, by small tables; and the parts on the published data where it is."""

import numpy as np
import pytest

from tests.needs import shared_data
from yishi.cli.evaluate import fitting
from yishi.cli.evaluate.pairs import own
from yishi.cli.evaluate.reply import body, replies
from yishi.cli.evaluate.similar import similar_bursts, similar_pairs

TRUTH = np.array([1.0, 0, 1, 1, 0, 0])
SCORES = np.array([0.9, 0.8, 0.7, 0.6, 0.2, 0.1])


def test_average_precision_of_a_small_table() -> None:
    assert fitting.average_precision(TRUTH, SCORES) == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)


@pytest.mark.parametrize(("recall", "precision"), [(0.3, 1.0), (0.6, 2 / 3), (1.0, 3 / 4)])
def test_precision_where_so_many_are_found(recall: float, precision: float) -> None:
    assert fitting.precision_at(TRUTH, SCORES, recall) == pytest.approx(precision)


def test_f1_of_a_small_table() -> None:
    assert fitting.f1(TRUTH, SCORES >= 0.6) == pytest.approx(6 / 7)
    assert fitting.f1(TRUTH, SCORES >= 0) == pytest.approx(6 / 9)


def test_area_under_curve_counts_ties_half() -> None:
    right, wrong = np.array([3.0, 2, 1]), np.array([2.0, 0])
    assert fitting.area_under_curve(right, wrong) == pytest.approx(4.5 / 6)


def test_each_fold_has_both_kinds() -> None:
    assert list(fitting.folds(TRUTH)) == [0, 0, 1, 2, 1, 2]


def test_a_fit_finds_what_separates_and_stays_small() -> None:
    inputs = np.array([[0.0], [0], [1], [1]])
    truth = np.array([0.0, 0, 1, 1])
    bias, weight = fitting.fit(inputs, truth, np.zeros(4), 0.3)
    assert weight > 1
    assert bias == pytest.approx(-weight / 2, abs=1e-3)


def test_our_own_pairs_are_many_and_of_both_kinds() -> None:
    judged = own()
    assert len(judged.truth) >= 80
    assert 0.4 < judged.truth.mean() < 0.6


def test_an_answer_without_its_opening_and_what_it_quotes() -> None:
    answer = "您好！您的留言已收悉。现回复如下：关于梅溪湖路灯不亮的问题，已换灯泡。"
    assert body("梅溪湖路灯不亮的问题", answer) == "关于 已换灯泡"


def test_the_published_pairs_reach_their_marks() -> None:
    folder = shared_data("appeals_tipdm2020c").parent
    lines = list(similar_pairs(folder))
    assert [line.what for line in lines if line.misses] == []
    assert len(lines) == 10


def test_the_published_answers_reach_their_mark() -> None:
    folder = shared_data("appeals_tipdm2020c").parent
    assert [line.what for line in replies(folder) if line.misses] == []


@pytest.mark.slow
def test_a_burst_is_found_without_its_name() -> None:
    folder = shared_data("appeals_tipdm2020c").parent
    found, first = similar_bursts(folder)
    assert not found.misses
    assert first.value >= 4
