"""The part of kind ``methods`` that announces a round of small works: caps, lists, funds, dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yishi.core.method.round import (
    LOOKS_A_DAY,
    MILESTONES,
    WISHES_EACH,
    FundKind,
    Listed,
    Payer,
    ProjectKind,
    Round,
)
from yishi.rulebook.schema import ListOf, Number, Sourced, Table, TextField, Words

CODE = Words(longest=40)
SOURCE = Words(longest=200)
FEN = 100
# Rule files say yuan, as people do; everything behind them counts fen.
YUAN = Number(least=0, most=10**9)
NUMBERS = ("quotes", "quotes_from_yuan", "self_built_yuan", "sweep_month")
# A method may leave them out: `core.method.round`.
LIMITS = {"wishes_each": WISHES_EACH, "looks_a_day": LOOKS_A_DAY, "milestones": MILESTONES}
LISTED = ListOf(
    Table({"code": CODE, "name": TextField(), "source": SOURCE}), unique="code", may_be_empty=True
)
ROUND = Table(
    {
        "kinds": ListOf(
            Table({"code": CODE, "name": TextField(), "cap_yuan": YUAN}), unique="code"
        ),
        "positive": LISTED,
        "negative": LISTED,
        "funds": ListOf(
            Table(
                {
                    "code": CODE,
                    "name": TextField(),
                    "payer": Words(choices=tuple(payer.value for payer in Payer)),
                    "source": SOURCE,
                }
            ),
            unique="code",
        ),
        "quotes": Number(most=20),
        "quotes_from_yuan": YUAN,
        "self_built_yuan": YUAN,
        "sweep_month": Number(most=12),
        "wishes_each": Number(most=100, optional=True),
        "looks_a_day": Number(most=50, optional=True),
        "milestones": Number(most=100, optional=True),
    },
    optional=True,
)


def round_of(data: Mapping[str, Any] | None) -> Round | None:
    """The terms a procedure announces, None where it is no round."""
    if data is None:
        return None
    said = {key: data.get(key) for key in (*NUMBERS, *LIMITS)}
    numbers: dict[str, Sourced] = {key: one for key, one in said.items() if one is not None}
    limits = {key: numbers[key].value if key in numbers else ours for key, ours in LIMITS.items()}
    return Round(
        kinds=tuple(
            ProjectKind(
                one["code"], one["name"], one["cap_yuan"].value * FEN, one["cap_yuan"].source
            )
            for one in data["kinds"]
        ),
        positive=tuple(Listed(**one) for one in data["positive"]),
        negative=tuple(Listed(**one) for one in data["negative"]),
        funds=tuple(
            FundKind(one["code"], one["name"], Payer(one["payer"]), one["source"])
            for one in data["funds"]
        ),
        quotes=numbers["quotes"].value,
        quotes_from_fen=numbers["quotes_from_yuan"].value * FEN,
        self_built_fen=numbers["self_built_yuan"].value * FEN,
        sweep_month=numbers["sweep_month"].value,
        sources={key: one.source for key, one in numbers.items()},
        **limits,
    )
