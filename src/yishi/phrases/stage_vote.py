"""A vote in words: what two counts decided, with the arithmetic, and where two differ."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Stage
from yishi.core.outcome import Event
from yishi.phrases.method import say_bar
from yishi.phrases.place import say_kind

Votes = Mapping[str, tuple[int, int, int]]


def say_decided(
    stage: Stage,
    event: Event,
    votes: Votes,
    numbers: Mapping[str, int],
    titles: Mapping[int, str],
) -> str:
    """The decision: how many are there, how many are for the best option, how many it takes.

    `event`: as the vote was decided; `numbers`: uid → number of an option; `titles`: by number.
    """
    uid = max(votes, key=lambda one: (votes[one][0], -numbers[one]))
    known = {
        "here": event.params["present"],
        "seats": event.params["seats"],
        "need": event.params["need"],
        "yes": votes[uid][0],
        "no": numbers[uid],
        "title": titles[numbers[uid]],
        "bar": say_bar(stage.threshold),
    }
    came = _("%(here)s of %(seats)s are there; it takes %(need)s (%(bar)s).") % known
    if event.code == "topic.vote_passed":
        first = _("Both counts agree. Option %(no)s “%(title)s” passed with %(yes)s for it.")
    elif event.code == "topic.vote_tied":
        first = _("Both counts agree. Two options have %(yes)s each: it is voted on again.")
    else:
        first = _("Both counts agree. Nothing passed; the most, %(yes)s, were for option %(no)s.")
    return _("%(decided)s %(arithmetic)s") % {"decided": first % known, "arithmetic": came}


def say_differing(
    first: Mapping[str, Any], second: Mapping[str, Any], numbers: Mapping[str, int]
) -> list[dict[str, str]]:
    """Each number in which two counts differ: {what, first, second}. A count is {present, votes}
    as a stage keeps it; `numbers`: uid → number of an option."""
    told: list[tuple[str, int | None, int | None]] = []
    for body in dict.fromkeys((*first["present"], *second["present"])):
        what = _("%(body)s, who was there") % {"body": say_kind(body)}
        told.append((what, first["present"].get(body), second["present"].get(body)))
    for uid in dict.fromkeys((*first["votes"], *second["votes"])):
        for at, word in enumerate((_("For it"), _("Against it"), _("Abstained"))):
            what = _("Option %(no)s, %(word)s") % {"no": numbers.get(uid, ""), "word": word}
            told.append((what, _hands(first, uid, at), _hands(second, uid, at)))
    none = _("not counted at all")
    return [
        {
            "what": what,
            "first": none if one is None else str(one),
            "second": none if two is None else str(two),
        }
        for what, one, two in told
        if one != two
    ]


def _hands(counted: Mapping[str, Any], uid: str, at: int) -> int | None:
    three = counted["votes"].get(uid)
    return None if three is None else int(three[at])
