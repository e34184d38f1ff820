"""How a vote by roll is held, as fields of the form of a stage."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Choose, Unit
from yishi.core.vote.now import Way
from yishi.phrases.method_room import say_is_secret, say_key
from yishi.phrases.vote import say_choose, say_unit, say_way
from yishi.web.method_draft import fields
from yishi.web.method_draft.figures import number_field, source_field, span_fields, yes_or_no


def voting_fields(said: Mapping[str, Any]) -> list[fields.Field]:
    """The fields of a vote; who has one vote chooses whether it is by roll at all."""
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
    ]


def _span(name: str, said: Mapping[str, Any]) -> list[fields.Field]:
    return span_fields(f"voting.{name}", _table(said, name), say_key(f"voting.{name}"))


def _table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = said.get(name)
    return value if isinstance(value, Mapping) else {}
