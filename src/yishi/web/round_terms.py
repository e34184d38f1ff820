"""The terms of a round of small works, as its method's pages show them."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.round import Listed, Round
from yishi.phrases.method_round import NUMBERS, say_list, say_payer, say_term_of
from yishi.phrases.money import say_yuan
from yishi.phrases.rule import say_text
from yishi.phrases.rule_file import say_source
from yishi.web.office import table


def terms_of(terms: Round) -> dict[str, Any]:
    """The context of `method/terms.html`: {facts, tables}, each number with its source."""
    name, source = _("What it is called"), _("What it rests on")
    kinds = table(
        say_list("kinds"),
        [name, _("At most of the fund, each"), source],
        [
            (say_text(one.name), say_yuan(one.cap_fen), say_source(one.source))
            for one in terms.kinds
        ],
        nums=(1,),
    )
    funds = table(
        say_list("funds"),
        [name, _("Whose money"), source],
        [(say_text(one.name), say_payer(one.payer), say_source(one.source)) for one in terms.funds],
    )
    return {
        "facts": [{"label": say_list(one), "value": say_term_of(terms, one)} for one in NUMBERS],
        "tables": [
            kinds,
            *(
                _listed(one, getattr(terms, one))
                for one in ("positive", "negative")
                if getattr(terms, one)
            ),
            funds,
        ],
    }


def _listed(name: str, entries: tuple[Listed, ...]) -> dict[str, Any]:
    rows = [(say_text(one.name), say_source(one.source)) for one in entries]
    return table(say_list(name), [_("What it is called"), _("What it rests on")], rows)
