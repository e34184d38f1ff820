"""What the measure of the first-level class is made of: words cut, likeness, the held-out rows."""

import numpy as np

from yishi.cli.evaluate.first_level import classed, likeness
from yishi.cli.evaluate.message_words import cut_raw, token_words
from yishi.cli.evaluate.messages import Messages

TOKENS = [["路灯", "不亮"], ["路灯", "灯", "不亮"], ["学校", "学费"], ["学校", "学费"]]


def test_token_words_are_of_one_form_and_without_punctuation() -> None:
    assert token_words("Ａ市 路灯 ， 　 不亮 ！ 2018") == ["a市", "路灯", "不亮", "2018"]


def test_raw_text_is_cut_at_the_longest_known_word_and_never_across_punctuation() -> None:
    assert cut_raw(["我家路灯不亮，路、灯灯"], [0], TOKENS, [1, 1, 1, 1]) == [["路灯", "不亮"]]


def test_a_text_is_not_cut_by_the_words_of_its_own_fold() -> None:
    assert cut_raw(["路灯不亮学校"], [0], TOKENS, [0, 1, 1, 1]) == [["学校"]]


def test_the_held_rows_are_classed_by_the_others() -> None:
    words = [["路灯"], ["路灯", "不亮"], ["学校"], ["学校", "学费"], ["路灯", "不亮"], ["学费"]]
    messages = Messages(
        ["".join(row) for row in words],
        words,
        np.array([0, 0, 1, 1, 1, 0]),
        ["城乡建设", "教育文体"],
        np.zeros(6, bool),
        np.zeros(6, np.int64),
        6,
    )
    held = np.array([False, False, False, False, True, True])
    alike = likeness(messages)
    assert np.allclose(np.diagonal(alike), 1)
    # The labels of the held rows contradict the others; they are not looked at.
    assert classed(alike, messages.labels, held).tolist() == [0, 1]
