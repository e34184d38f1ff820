"""Why a project won or lost and what would have been enough, in sentences."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yishi.counting.budget.counted import GREEDY, Counted, Rule, Way
from yishi.counting.budget.explain import Reason, Why
from yishi.phrases.budget import Money

# “about” before an amount is a Han character, and no space stands between two of them.
_HAN_APART = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def say_why(why: Why, counted: Counted, money: Money) -> list[str]:
    """What became of a project, and what would have been enough: one to three sentences."""
    if why.won:
        said = [_won(why, counted, money), *_spare(why)]
    else:
        said = [
            *_given(why, counted, money),
            _lost(why, counted, money),
            *_enough(why, counted, money),
        ]
    return [_HAN_APART.sub("", words) for words in said]


def say_held(counted: Counted, told: Sequence[Why]) -> list[str]:
    """What a full share is, and what is held as it was in every such answer; nothing where no
    project lost."""
    lost = [one for one in told if not one.won]
    if not lost:
        return []
    if counted.rule.by_shares:
        share = _("A full share is what was in every purse.")
        if not any(one.cost_enough or one.votes_enough for one in lost):
            return [share]
        held = _(
            "What is said to be enough holds in a count from the beginning, with one thing changed "
            "and the rest as it was: the budget, the other costs and every ballot. A supporter "
            "more is a new voter who chooses this project alone. Less may do."
        )
        return [share, held]
    if counted.rule is Rule.PHRAGMEN:
        held = _(
            "Each answer changes one thing and leaves the rest as it was: the budget, the other "
            "costs and every ballot. A vote more is a new voter who chooses this project alone. "
            "Less may do."
        )
    else:
        held = _(
            "Each answer changes one thing and leaves the rest as it was: the budget, the other "
            "costs and every ballot. A vote more is a new voter who chooses this project alone."
        )
    return [held]


def say_votes(why: Why) -> str:
    """Its votes; where ballots give points, those and from how many voters."""
    if why.score == why.votes:
        words = ngettext("%(votes)s vote", "%(votes)s votes", why.votes)
        return words % {"votes": f"{why.votes:,}"}
    told = {"score": f"{why.score:,}", "votes": f"{why.votes:,}"}
    return _("%(score)s points from %(votes)s voters") % told


def _won(why: Why, counted: Counted, money: Money) -> str:
    assert why.won is not None
    told = {
        "votes": say_votes(why),
        "number": f"{why.votes:,}",
        "left": money.say(why.won.left),
        "cost": money.say(why.cost),
        "round": counted.winners.index(why.project) + 1,
        "most": money.say(why.won.most or 0),
        "at": money.say(why.won.at or 0),
        "gift": money.say(counted.gifts.get(why.project, 0)),
    }
    words = {
        Way.VOTES: _("It has %(votes)s. In its turn %(left)s was left, and it costs %(cost)s."),
        Way.SHARES: _(
            "Bought in round %(round)s by the shares of its %(number)s supporters; none of them "
            "paid more than %(most)s."
        ),
        Way.LEFT_OVER: _(
            "The shares of its supporters did not reach. It has %(votes)s, and in its turn "
            "%(left)s of the budget was left over: that paid for it."
        ),
        Way.GIFTS: _(
            "With %(gift)s given to it, the shares of its %(number)s supporters were enough; none "
            "of them paid more than %(most)s."
        ),
        Way.PACE: _(
            "Its %(number)s supporters could pay for it as soon as every voter had been given "
            "%(at)s."
        ),
    }
    if why.won.way is Way.GIFTS and not counted.gifts.get(why.project):
        # Nobody gave to this one; what was given to others came back to those who chose it.
        return (
            _(
                "With what was given to other projects back in their purses, the shares of its "
                "%(number)s supporters were enough; none of them paid more than %(most)s."
            )
            % told
        )
    return words[why.won.way] % told


def _spare(why: Why) -> list[str]:
    if why.spare is None:
        return []
    if not why.spare:
        return [_("With one vote fewer it would have lost.")]
    words = _("With %(spare)s fewer votes it would still have won; with one less than that, not.")
    return [words % {"spare": why.spare}]


def _given(why: Why, counted: Counted, money: Money) -> list[str]:
    gift = counted.gifts.get(why.project, 0)
    if not gift:
        return []
    told = {"cost": money.say(why.cost), "gift": money.say(gift)}
    return [_("Of its cost of %(cost)s others give %(gift)s; only the rest is counted.") % told]


def _lost(why: Why, counted: Counted, money: Money) -> str:
    price = why.cost - counted.gifts.get(why.project, 0)
    told = {
        "votes": say_votes(why),
        "number": f"{why.votes:,}",
        "least": counted.threshold,
        "cost": money.say(price),
        "purses": why.purses or 0,
        "left": money.say(why.left or 0),
        "together": money.say(why.together or 0),
        "missing": money.say(price - (why.together or 0)),
    }
    words = {
        Reason.NOBODY: _("Nobody chose it."),
        Reason.BELOW: _("It has %(votes)s; %(least)s are needed to take part."),
        Reason.TOO_DEAR: _(
            "It has %(votes)s. In its turn %(left)s was left, and it costs %(cost)s."
        ),
        Reason.NOT_REACHED: _(
            "It has %(votes)s. The count ended before its turn, at a project that was too dear."
        ),
        Reason.SHORT: _short(why),
        Reason.NOT_GATHERED: _(
            "When the count ended its %(number)s supporters had gathered %(together)s, and it "
            "costs %(cost)s: %(missing)s was missing."
        ),
        Reason.NOT_HELD: _(
            "Its %(number)s supporters had gathered the money, but the budget held %(left)s only, "
            "and it costs %(cost)s. Here the count ended."
        ),
    }
    assert why.reason is not None
    return words[why.reason] % told


def _short(why: Why) -> str:
    if why.left is None:
        return _(
            "When sharing ended its %(number)s supporters had %(together)s left together, and it "
            "costs %(cost)s: %(missing)s was missing, what %(purses)s full shares would cover."
        )
    return _(
        "When sharing ended its %(number)s supporters had %(together)s left together, and it costs "
        "%(cost)s: %(missing)s was missing, what %(purses)s full shares would cover. Of the budget "
        "%(left)s was left in its turn, too little as well."
    )


def _enough(why: Why, counted: Counted, money: Money) -> list[str]:
    said = []
    if why.cost_enough:
        told = {"cost": money.say(why.cost_enough)}
        exact = counted.rule in GREEDY
        said.append(
            (_("At a cost of up to %(cost)s it would have won.") % told)
            if exact
            else _("At a cost of %(cost)s it would have won.") % told
        )
    if why.votes_enough:
        said.append(_more(why.votes_enough, counted.rule))
    elif counted.rule in GREEDY and why.cost > counted.election.budget:
        said.append(_("No number of votes would have been enough: it costs more than the budget."))
    return said


def _more(number: int, rule: Rule) -> str:
    """With how many more it would have won."""
    if rule in GREEDY:
        words = _("With %(more)s more votes it would have won.")
        one = _("With one vote more it would have won.")
    else:
        words = _("With %(more)s more supporters it would have won.")
        one = _("With one supporter more it would have won.")
    return one if number == 1 else words % {"more": number}
