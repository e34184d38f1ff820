"""Kind ``similar``: how similar matters are offered and grouped, and when many are a hot spot."""

from __future__ import annotations

from yishi.core.similar import SimilarRules
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import At
from yishi.rulebook.schema import HEADER, ListOf, Number, Share, Table, TextField, Words

FILE = Table(
    {
        **HEADER,
        "offer": Table(
            {
                "most": Number(most=5),
                "days": Number(most=366),
                "likely": Share(),
                "letters": Number(least=2, most=40),
                "said_by": Number(most=100),
            }
        ),
        "groups": Table({"days": Number(most=366), "likely": Share()}),
        "bursts": Table(
            {
                "window": Number(most=60),
                "history": Number(least=7, most=400),
                "least": Number(least=2, most=1_000),
                "factor": Number(most=1_000),
                "chance": Share(),
            }
        ),
        "private": ListOf(
            Table({"code": Words(), "name": TextField(), "tells": ListOf(Words())}), unique="code"
        ),
    }
)


def similar_rules(bundle: Bundle) -> SimilarRules:
    """The numbers of a bundle. Raises RuleFileError."""
    data = FILE.check(bundle.data, At(bundle.file))
    offer, groups, bursts = data["offer"], data["groups"], data["bursts"]
    return SimilarRules(
        id=bundle.id,
        version=bundle.version,
        offer_most=offer["most"].value,
        offer_days=offer["days"].value,
        offer_likely=offer["likely"].value,
        letters=offer["letters"].value,
        said_by=offer["said_by"].value,
        group_days=groups["days"].value,
        group_likely=groups["likely"].value,
        burst_window=bursts["window"].value,
        burst_history=bursts["history"].value,
        burst_least=bursts["least"].value,
        burst_factor=bursts["factor"].value,
        burst_chance=bursts["chance"].value,
        private={entry["code"]: entry["tells"] for entry in data["private"]},
    )
