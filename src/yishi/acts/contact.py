"""How a person is reached besides the page: their addresses, and which messages they want."""

from collections.abc import Mapping
from datetime import datetime

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.message import MessageChannel, read_address
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.models import Person, Wish

COLUMNS = {MessageChannel.EMAIL: "email", MessageChannel.WECOM: "wecom"}


def set_address(ask: Ask, channel: MessageChannel, address: str) -> Done | Refusal:
    """The person who asks is reached at `address` over `channel` from now on; empty: no more.

    The caller has made sure that it is theirs, by a code sent there. Refuses with
    `address_wrong`, also for SMS: the phone is what one signs in with.
    """
    if ask.actor.person_id is None:
        return Refusal("not_yours", need="account.set_address")
    person = Person.objects.get(pk=ask.actor.person_id)

    def do() -> Written | Refusal:
        column = COLUMNS.get(channel)
        if column is None:
            return Refusal("address_wrong", need=str(channel))
        read = read_address(channel, address) if address else ""
        if isinstance(read, Refusal):
            return read
        setattr(person, column, read)
        person.save(update_fields=[column, "phone_index"])
        facts: dict[str, int | str] = {"channel": str(channel), "set": int(bool(read))}
        return Written(Event("account.address_set", dict(facts), facts), (person,))

    return act_at(ask, "account.set_address", None, "person", person.uid, do)


def set_wishes(ask: Ask, wishes: Mapping[MessageChannel, bool | None]) -> Done | Refusal:
    """What the person who asks wants by each channel: all, nothing, or (None) what is usual."""
    if ask.actor.person_id is None:
        return Refusal("not_yours", need="account.set_wishes")
    person = Person.objects.get(pk=ask.actor.person_id)

    def do() -> Written:
        for channel, wanted in wishes.items():
            _set_wish(person, channel, wanted, ask.now)
        said = {str(channel): _SAID[wanted] for channel, wanted in wishes.items()}
        return Written(Event("account.wishes_set", said))

    return act_at(ask, "account.set_wishes", None, "person", person.uid, do)


_SAID = {True: "all", False: "none", None: "usual"}


def _set_wish(person: Person, channel: MessageChannel, wanted: bool | None, now: datetime) -> None:
    if wanted is None:
        Wish.objects.filter(person=person, channel=channel).delete()
        return
    Wish.objects.update_or_create(
        person=person, channel=channel, defaults={"wanted": wanted, "said_at": now}
    )
