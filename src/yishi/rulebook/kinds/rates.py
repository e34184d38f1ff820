"""Kind ``rates``: the formula of the three rates, and on which grounds a rating is left out."""

from __future__ import annotations

from yishi.core.rates import RateRules, Reach, Reason
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import NOT_SHARE, At
from yishi.rulebook.schema import (
    HEADER,
    ListOf,
    Number,
    Share,
    SpanField,
    Table,
    TextField,
    Words,
)

WEIGHTS = ("response", "solved", "satisfied")
FILE = Table(
    {
        **HEADER,
        **{name: Share() for name in (*WEIGHTS, "basically")},
        "appeal": SpanField(),
        "repeat_hours": Number(most=24 * 90),
        "reasons": ListOf(
            Table(
                {
                    "code": Words(),
                    "name": TextField(),
                    "reach": Words(choices=tuple(reach.value for reach in Reach)),
                    "source": Words(),
                }
            ),
            unique="code",
        ),
    }
)


def rate_rules(bundle: Bundle) -> RateRules:
    """The formula of a bundle. Raises RuleFileError, also where the weights do not sum to 1."""
    at = At(bundle.file)
    data = FILE.check(bundle.data, at)
    weights = {name: data[name].value for name in WEIGHTS}
    if sum(weights.values()) != 1:
        raise at.under("satisfied").error(NOT_SHARE, " + ".join(str(w) for w in weights.values()))
    return RateRules(
        id=bundle.id,
        version=bundle.version,
        **weights,
        basically=data["basically"].value,
        appeal=data["appeal"].value,
        repeat_hours=data["repeat_hours"].value,
        reasons={
            entry["code"]: Reason(entry["name"], Reach(entry["reach"]), entry["source"])
            for entry in data["reasons"]
        },
    )
