"""Which words of a list are in somebody's words: the plainest suggestion, with its reason."""

from __future__ import annotations

LEAST = 2
# Words that join others; a run that begins or ends with one is not a word of its own.
JOINING = frozenset("的了和与及或在、，。；：·（）()/ ")


def shared(phrase: str, text: str, least: int = LEAST) -> str:
    """The longest run of characters of ``phrase`` that stands in ``text``; "" below ``least``.

    The first of equally long ones. Case is ignored; a run does not begin or end with a joining
    word (的井盖 is 井盖); nothing else is guessed.
    """
    plain = text.lower()
    for length in range(len(phrase), least - 1, -1):
        for start in range(len(phrase) - length + 1):
            run = phrase[start : start + length]
            if run[0] not in JOINING and run[-1] not in JOINING and run.lower() in plain:
                return run
    return ""
