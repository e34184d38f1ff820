"""Orders come in: each becomes a matter, born as any other, with their number and deadline."""

from collections.abc import Sequence
from dataclasses import dataclass

from yishi.acts.case.act import too_long
from yishi.acts.door import KEY_MAX, Ask, Done, Step, enter
from yishi.acts.report.born import write_new
from yishi.acts.report.words import HeldPlace, Words
from yishi.core import outside
from yishi.core.case.intake import Filing
from yishi.core.number import show_number
from yishi.core.outcome import Advanced
from yishi.core.outside import Order
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.placename import Named, find_place
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Case, OutsideOrder, OutsideSystem, Place, Report
from yishi.records.queries.outside import named_places
from yishi.records.queries.rule import in_force, today_of

KNOWN = "order_known"
# So much of an order's digest is in the key it is acted on by.
ORDER_KEY = 20


@dataclass(frozen=True)
class Received:
    """What became of one order: a matter, the one it had become before (`done.again`), or why
    nothing was done."""

    number: str
    answer: Done | Refusal


def receive(ask: Ask, system_uid: str, orders: Sequence[Order]) -> list[Received] | Refusal:
    """Each order by itself: what one refuses stops no other.

    The same order again, by sheet or interface, gives the matter it became; changed, it is
    refused with `order_changed` and overwrites nothing. Refused each: those of
    `core.outside.receive` and of `core.placename.find_place`. Refuses wholly with `not_found`,
    `system_ended`, `not_yours`, `key_missing`.
    """
    system = OutsideSystem.objects.filter(uid=system_uid).select_related("place").first()
    if system is None:
        return Refusal("not_found", have="outside_system")
    allowed = permit(ask.actor, "outside.receive", Subject(path=system.place.ids))
    if isinstance(allowed, Refusal):
        return allowed
    if not system.is_active:
        return Refusal("system_ended", have=system.name)
    if not ask.key:
        return Refusal("key_missing")
    places = named_places(system.place)
    return [
        Received(order.number, _receive_one(_asking(ask, order), system, order, places))
        for order in orders
    ]


def _asking(ask: Ask, order: Order) -> Ask:
    """Its key goes with the order: another sheet sent by the same form is not taken for it."""
    key = f"{ask.key[: KEY_MAX - ORDER_KEY - 1]}-{order.digest()[:ORDER_KEY]}"
    return Ask(ask.actor, ask.now, key, None, ask.entropy)


def _receive_one(
    ask: Ask, system: OutsideSystem, order: Order, places: Sequence[Named]
) -> Done | Refusal:
    digest = order.digest()

    def lock() -> HeldPlace | Refusal:
        if OutsideOrder.objects.filter(system=system, their_number=order.number).exists():
            return Refusal(KNOWN)
        found = find_place(order.street, order.community, order.address, places)
        if isinstance(found, Refusal):
            return found
        place = Place.objects.get(pk=found)
        if not place.line.startswith(system.place.line):
            return Refusal("place_elsewhere", system.place.name, place.name)
        # Permitted by whose line it is, handled where it is.
        subject = Subject(path=system.place.ids)
        return HeldPlace(place, None, in_force(place, today_of(ask.now)), subject)

    def decide(held: HeldPlace) -> Advanced | Refusal:
        filing = Filing(
            words=order.words,
            nature=order.nature,
            channel=system.channel,
            has_place=True,
            spot=order.address,
        )
        rules = held.rules
        advanced = outside.receive(order, filing, system.name, rules.terms, ask.now, rules.channels)
        if isinstance(advanced, Refusal):
            return advanced
        return too_long(advanced, rules) or advanced

    def write(held: HeldPlace, advanced: Advanced, granted: Permitted) -> Done:
        words = Words(
            order.words,
            nature=order.nature,
            channel=system.channel,
            spot=order.address,
            name=order.name,
            phone=order.phone,
        )

        def kept(case: Case, report: Report) -> OutsideOrder:
            return OutsideOrder(
                uid=new_uid(ask.entropy),
                system=system,
                their_number=order.number,
                case=case,
                report=report,
                due_at=order.due_at,
                received_at=ask.now,
                row_sha256=digest,
            )

        return write_new(
            ask, "outside.receive", words, held, advanced, granted, "", (), beside=kept
        )

    done = enter(ask, Step("outside.receive", lock, decide, write))
    if isinstance(done, Refusal) and done.code == KNOWN:
        return _known(system, order, digest)
    return done


def _known(system: OutsideSystem, order: Order, digest: str) -> Done | Refusal:
    """What came in before under this number: the same, or something else."""
    kept = (
        OutsideOrder.objects.filter(system=system, their_number=order.number)
        .select_related("case", "report")
        .get()
    )
    if kept.row_sha256 != digest:
        return Refusal("order_changed", have=show_number(kept.report.number), source=system.name)
    return Done(kept.case.uid, kept.report.number, kept.case.version, again=True)
