"""Counting rules, how projects won and amounts of money, in words."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from yishi.counting.budget.counted import Rule, Way


@dataclass(frozen=True)
class Money:
    """How an election's whole numbers are written: `unit` of them make 1 of `currency`."""

    unit: int = 100
    currency: str = "CNY"

    def say(self, amount: int | Fraction) -> str:
        """An amount as people write it, to the hundredth; about, where that rounds it."""
        value = Fraction(amount) / self.unit
        cents = round(value * 100)
        exact = value * 100 == cents
        whole, rest = divmod(abs(cents), 100)
        number = f"{'−' if cents < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
        words = self._named(number)
        return words if exact else _("about %(amount)s") % {"amount": words}

    def words(self) -> dict[str, str]:
        """How a script writes amounts: {n} stands for the number, whole and rounded."""
        named = self._named("{n}")
        return {"exact": named, "about": _("about %(amount)s") % {"amount": named}}

    def _named(self, number: str) -> str:
        if not self.currency:
            return number
        if self.currency == "CNY":
            return _("%(amount)s yuan") % {"amount": number}
        return f"{number} {self.currency}"


def say_rule(rule: Rule) -> str:
    """A counting rule and its version."""
    return {
        Rule.GREEDY_SKIP: _("Most votes first; what is too dear is passed over"),
        Rule.GREEDY_NO_SKIP: _("Most votes first; ends at the first that is too dear"),
        Rule.GREEDY_THRESHOLD: _("Most votes first, from a least number of points on"),
        Rule.SHARES_PLAIN: _("Equal shares; nothing is added"),
        Rule.SHARES_UNTIL_OVERSPENT: _("Equal shares, completed until a step would overspend"),
        Rule.SHARES_UNTIL_EXHAUSTIVE: _("Equal shares, completed until nothing more fits"),
        Rule.PHRAGMEN: _("Sequential Phragmén"),
    }[rule]


def say_rule_short(rule: Rule) -> str:
    """The same at the head of a column."""
    if rule is Rule.PHRAGMEN:
        return _("Phragmén")
    return _("Equal shares") if rule.by_shares else _("Most votes first")


def say_rule_how(rule: Rule) -> str:
    """How a rule counts, in a sentence or two."""
    return {
        Rule.GREEDY_SKIP: _(
            "The project with the most votes takes its cost, then the next. One that the money "
            "left does not pay for is passed over."
        ),
        Rule.GREEDY_NO_SKIP: _(
            "The project with the most votes takes its cost, then the next. The first that the "
            "money left does not pay for ends the count."
        ),
        Rule.GREEDY_THRESHOLD: _(
            "Projects below a least number of points take no part. Of the others the one with the "
            "most takes its cost, then the next; what is too dear is passed over."
        ),
        Rule.SHARES_PLAIN: _(
            "The budget is shared out alike among all who voted. Those who chose a project pay for "
            "it together, whichever costs them least for its size first."
        ),
        Rule.SHARES_UNTIL_OVERSPENT: _(
            "The budget is shared out alike among all who voted. Those who chose a project pay for "
            "it together, whichever costs them least for its size first. The shares are raised by "
            "one step after the other, until one more would overspend; what is left then goes by "
            "most votes."
        ),
        Rule.SHARES_UNTIL_EXHAUSTIVE: _(
            "The budget is shared out alike among all who voted. Those who chose a project pay for "
            "it together, whichever costs them least for its size first. The shares are raised by "
            "one step after the other, until nothing more fits into the budget; what is left then "
            "goes by most votes."
        ),
        Rule.PHRAGMEN: _(
            "Money comes to everybody at one pace. As soon as those who chose a project can pay "
            "for it they buy it with all they have. It ends before the first that the budget does "
            "not hold."
        ),
    }[rule]


def say_way(way: Way) -> str:
    """How a project won, in a few words."""
    return {
        Way.VOTES: _("by votes"),
        Way.SHARES: _("by shares"),
        Way.LEFT_OVER: _("from what was left"),
        Way.GIFTS: _("with gifts"),
        Way.PACE: _("by money gathered"),
    }[way]
