"""The difference between two texts, as pages and paper show it: by a word and a mark each."""

from typing import Any

from yishi.core.textdiff import Change, difference
from yishi.phrases.text import say_change


def shown_difference(old: str, new: str) -> list[dict[str, str]]:
    """The pieces of `pieces/difference.html`, in the order of reading: {change, mark, words}.
    Ends of lines at the beginning of a piece are nobody's change to read."""
    told = []
    for one in difference(old.strip(), new.strip()):
        words = one.words.lstrip("\n")
        ends = one.words[: len(one.words) - len(words)]
        if ends:
            told.append({"change": Change.SAME.value, "mark": "", "words": ends})
        if words:
            told.append(
                {"change": one.change.value, "mark": say_change(one.change), "words": words}
            )
    return told


def changes_in(pieces: list[dict[str, Any]]) -> int:
    """At how many places something went or came."""
    ends = [*(one["change"] for one in pieces[1:]), Change.SAME.value]
    here = zip((one["change"] for one in pieces), ends, strict=True)
    return sum(now != Change.SAME and after == Change.SAME for now, after in here)
