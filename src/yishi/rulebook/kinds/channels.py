"""Kind ``channels``: the ways a matter comes in, who may enter it, what it counts as."""

from __future__ import annotations

from yishi.core.channel import Channel
from yishi.core.person import Role
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import At
from yishi.rulebook.schema import HEADER, ListOf, Table, TextField, Words

FILE = Table(
    {
        **HEADER,
        "families": ListOf(Table({"code": Words(), "name": TextField()}), unique="code"),
        "channels": ListOf(
            Table(
                {
                    "code": Words(),
                    "name": TextField(),
                    "who": ListOf(Words(choices=tuple(role.value for role in Role))),
                    "counts_as": Words(),
                }
            ),
            unique="code",
        ),
    }
)


def channels_of(bundle: Bundle) -> tuple[Channel, ...]:
    """The channels of a bundle, in the order of the file. Raises RuleFileError."""
    at = At(bundle.file)
    data = FILE.check(bundle.data, at)
    families = Words(choices=tuple(family["code"] for family in data["families"]))
    for number, entry in enumerate(data["channels"], 1):
        families.check(entry["counts_as"], at.under("channels").under(number).under("counts_as"))
    return tuple(Channel(**entry) for entry in data["channels"])
