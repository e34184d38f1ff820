"""How a vote by roll is held, as fields of the form of a stage."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.ballot import VERSIONS, BallotKind
from yishi.core.method.language import Choose, Unit
from yishi.core.vote.now import Way
from yishi.counting.budget.counted import Rule
from yishi.phrases.ballot import say_ballot
from yishi.phrases.budget import say_rule
from yishi.phrases.method_room import say_is_secret, say_key
from yishi.phrases.vote import say_choose, say_unit, say_way
from yishi.web.method_draft import fields
from yishi.web.method_draft.figures import number_field, source_field, span_fields, yes_or_no


def voting_fields(said: Mapping[str, Any], *, in_round: bool = False) -> list[fields.Field]:
    """The fields of a vote; who has one vote chooses whether it is by roll at all. `in_round`:
    projects are voted on, by a ballot and a counting rule of their own."""
    units = [("", _("a show of hands, counted by two")), *((u.value, say_unit(u)) for u in Unit)]
    ways = [(way.value, say_way(way)) for way in Way]
    secret = [("no", say_is_secret(False)), ("yes", say_is_secret(True))]
    choose = [(one.value, say_choose(one)) for one in Choose]
    return [
        fields.select("voting.unit", say_key("voting.unit"), units, said.get("unit", "")),
        fields.checks("voting.ways", say_key("voting.ways"), ways, said.get("ways", ())),
        fields.yes_no(
            "voting.secret", say_key("voting.secret"), secret, yes=bool(said.get("secret"))
        ),
        fields.select(
            "voting.choose", say_key("voting.choose"), choose, said.get("choose", Choose.EACH.value)
        ),
        *_span("roll", said),
        *_span("period", said),
        number_field(
            "voting.proxies", _table(said, "proxies"), "number", say_key("voting.proxies")
        ),
        source_field("voting.proxies", _table(said, "proxies"), say_key("voting.proxies")),
        fields.yes_no(
            "voting.handed", say_key("voting.handed"), yes_or_no(), yes=bool(said.get("handed"))
        ),
        *(_ballot_fields(said) if in_round else ()),
    ]


def _ballot_fields(said: Mapping[str, Any]) -> list[fields.Field]:
    """How a ballot of projects is filled in, and by which rule and version they win."""
    most, counting = _table(said, "most"), _table(said, "counting")
    none = ("", _("choose …"))
    ballots = [none, *((kind.value, say_ballot(kind)) for kind in BallotKind)]
    codes = [f"{rule}/{version}" for rule, versions in VERSIONS.items() for version in versions]
    rules = [none, *((code, say_rule(Rule(code))) for code in codes)]
    chosen = f"{counting['rule']}/{counting.get('version', '')}" if counting.get("rule") else ""
    label = say_key("voting.counting")
    least = counting.get("least")
    return [
        fields.select("voting.ballot", say_key("voting.ballot"), ballots, said.get("ballot", "")),
        number_field("voting.most", most, "number", say_key("voting.most")),
        source_field("voting.most", most, say_key("voting.most")),
        fields.select("voting.counting.rule", label, rules, chosen),
        source_field("voting.counting", counting, label),
        number_field(
            "voting.counting.least",
            least if isinstance(least, Mapping) else {},
            "number",
            _("the fewest points to take part"),
        ),
        source_field(
            "voting.counting.least",
            least if isinstance(least, Mapping) else {},
            _("the fewest points to take part"),
        ),
    ]


def _span(name: str, said: Mapping[str, Any]) -> list[fields.Field]:
    return span_fields(f"voting.{name}", _table(said, name), say_key(f"voting.{name}"))


def _table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = said.get(name)
    return value if isinstance(value, Mapping) else {}
