"""What a vote by roll left with its stage, in sentences: who took part, what each option had."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yishi.phrases.vote import say_area

Facts = Mapping[str, Any]


def is_by_roll(facts: Facts) -> bool:
    """Whether a visit's numbers are those of a vote by roll, not of a show of hands."""
    return "heads" in facts


def say_taking_part(facts: Facts) -> Iterator[str]:
    """Who took part and how many had to, by heads and, of owners, by area."""
    yield _("%(here)s of %(seats)s on the roll took part; %(need)s had to") % {
        "here": facts["heads"],
        "seats": facts.get("seats", facts.get("voters", 0)),
        "need": facts.get("quorum_heads", 0),
    }
    if "area_whole" in facts:
        yield _("Of %(whole)s, %(here)s took part; %(need)s had to") % {
            "whole": say_area(int(facts["area_whole"])),
            "here": say_area(int(facts["area_cm2"])),
            "need": say_area(int(facts.get("quorum_area", 0))),
        }


def say_votes(facts: Facts, options: Mapping[str, int]) -> Iterator[str]:
    """What each option had and needed, by heads and by area, in the order of the paper.
    `options`: uid → number."""
    areas, votes = facts.get("areas") or {}, facts.get("votes") or {}
    one_chosen = _one_was_chosen(facts["heads"], list(votes.values()))
    # The numbers were kept by uid, which was drawn at random.
    for uid, counted in sorted(votes.items(), key=lambda one: options.get(one[0], 0)):
        said = (
            _("Option %(no)s: %(yes)s votes")
            if one_chosen
            else _("Option %(no)s: %(yes)s for, %(against)s against, %(abstained)s abstained")
        ) % {
            "no": options.get(uid, ""),
            "yes": counted[0],
            "against": counted[1],
            "abstained": counted[2],
        }
        if facts.get("need_heads"):
            known = {"counted": said, "need": facts["need_heads"]}
            said = _("%(counted)s; %(need)s were needed") % known
        if uid in areas:
            known = {
                "counted": said,
                "area": say_area(int(areas[uid][0])),
                "need": say_area(int(facts.get("need_area", 0))),
            }
            said = _("%(counted)s; by area %(area)s for it, %(need)s were needed") % known
        yield said
    if one_chosen and (none := next(iter(votes.values()))[2]):
        yield _("%(n)s chose none of them") % {"n": none}


def _one_was_chosen(heads: int, votes: Sequence[Sequence[int]]) -> bool:
    """Whether one of several was chosen: then nobody is against an option, who chose none stands
    with every one, and those who took part are divided between the options."""
    alike = {(one[1], one[2]) for one in votes}
    divided = any(sum(one) != heads for one in votes)
    return divided and len(alike) == 1 and not votes[0][1]
