"""A meeting as somebody calls it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ItemAsk:
    """One item to be announced: a title, what it is about, and the uid of the topic it is.
    `before`: the item put off that it takes up again."""

    title: str = ""
    words: str = ""
    topic: str = ""
    before: str = ""


@dataclass(frozen=True)
class Guest:
    """Who is invited besides: a body, somebody with an account, or a name (两代表一委员)."""

    body: str = ""
    person: str = ""
    name: str = ""
    part: str = ""


@dataclass(frozen=True)
class Called:
    """`form`: of which form; "" takes the stage's or the rhythm's. `rhythm`, `method`: which
    meeting of which method it is. `topic`: the topic whose stage it is held for. `guests`: invited
    besides the list of participants. `urgent`: why it cannot wait for the notice, public."""

    title: str
    where: str
    starts_at: datetime
    ends_at: datetime | None = None
    form: str = ""
    words: str = ""
    items: tuple[ItemAsk, ...] = ()
    rhythm: str = ""
    method: str = ""
    topic: str = ""
    guests: tuple[Guest, ...] = ()
    urgent: str = ""
