"""The terms of a round of small works in words: caps, lists, whose money, from when quotations are
compared, when what is left is swept."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yishi.core.method.round import FundKind, Listed, Payer, ProjectKind, Round
from yishi.phrases.method import say_with_source
from yishi.phrases.money import say_yuan
from yishi.phrases.rule import say_text

PREFIX = "round."
# The numbers of the terms, as they are told.
NUMBERS = (
    "wishes_each",
    "quotes",
    "quotes_from_fen",
    "self_built_fen",
    "milestones",
    "looks_a_day",
    "sweep_month",
)


def say_payer(payer: str) -> str:
    """Whose money it is."""
    return {
        Payer.FUND: _("the fund set apart for small works"),
        Payer.GOVERNMENT: _("other money of government"),
        Payer.SOCIETY: _("society: firms, institutes, organisations"),
        Payer.RESIDENTS: _("the residents themselves"),
    }[Payer(payer)]


def say_list(name: str) -> str:
    """A part of the terms, by its name."""
    return {
        "kinds": _("Kinds of projects and their caps"),
        "positive": _("What is wanted (positive list)"),
        "negative": _("What is not allowed (negative list)"),
        "funds": _("Where the money comes from"),
        "quotes": _("Quotations compared"),
        "quotes_from_fen": _("Compared from"),
        "self_built_fen": _("Built by residents"),
        "sweep_month": _("What is left goes back"),
        "wishes_each": _("Wishes of one person"),
        "milestones": _("Steps of one project"),
        "looks_a_day": _("Looking on while it is built"),
    }.get(name, name)


def say_number(name: str, value: int) -> str:
    """A number of the terms."""
    if name == "self_built_fen" and not value:
        return _("not at all")
    if name == "self_built_fen":
        return _("up to %(amount)s") % {"amount": say_yuan(value)}
    if name == "quotes_from_fen":
        return _("from a cost of %(amount)s on") % {"amount": say_yuan(value)}
    if name == "sweep_month":
        return _("at the end of month %(month)s of the year after") % {"month": value}
    said = {
        "wishes_each": _("at most %(n)s in this round"),
        "milestones": _("at most %(n)s steps"),
        "looks_a_day": _("at most %(n)s times a day, each person"),
    }.get(name, _("at least %(n)s quotations"))
    return said % {"n": value}


def say_entry(entry: ProjectKind | Listed | FundKind) -> str:
    """An entry of a list: what it is, its cap or whose money, and where that comes from."""
    name = say_text(entry.name)
    if isinstance(entry, ProjectKind):
        known = {"name": name, "amount": say_yuan(entry.cap_fen)}
        name = _("%(name)s, at most %(amount)s of the fund each") % known
    elif isinstance(entry, FundKind):
        payer = say_payer(entry.payer)
        # Many are called as whose money it is: said once.
        if payer not in name:
            name = _("%(name)s, money of: %(payer)s") % {"name": name, "payer": payer}
    return say_with_source(name, entry.source)


def say_round(terms: Round) -> Iterator[str]:
    """The lines of the terms: each list with its entries, then the numbers."""
    for name in ("kinds", "positive", "negative", "funds"):
        entries = getattr(terms, name)
        if entries:
            yield _("%(what)s:") % {"what": say_list(name)}
            yield from (f"· {say_entry(entry)}" for entry in entries)
    for name in NUMBERS:
        known = {"what": say_list(name), "word": say_term_of(terms, name)}
        yield _("%(what)s: %(word)s") % known


def say_term_of(terms: Round, name: str) -> str:
    """A number of the terms, with where it comes from."""
    return say_with_source(say_number(name, getattr(terms, name)), source_of(terms, name))


def source_of(terms: Round, name: str) -> str:
    """Where a number of the terms comes from; a rule file says it in yuan."""
    return terms.source(name.replace("_fen", "_yuan"))


def say_term_name(field: str) -> str:
    """What of the terms differs, as `core.method.compare` names it: `round.kinds.works`."""
    if field == "round":
        return _("terms of the round")
    part, _dot, key = field.removeprefix(PREFIX).partition(".")
    if part == "sources":
        return _("%(what)s: where it comes from") % {"what": say_list(key.replace("_yuan", "_fen"))}
    return say_list(part)


def say_term(field: str, value: object) -> str:
    """The value of what differs; "" for none."""
    if isinstance(value, Round):
        return " ".join(say_round(value))
    if isinstance(value, ProjectKind | Listed | FundKind):
        return say_entry(value)
    if isinstance(value, int):
        return say_number(field.removeprefix(PREFIX), value)
    return str(value or "")
