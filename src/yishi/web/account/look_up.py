"""Whose account a phone is: one at a time, so many an hour, each look-up noted."""

from django.http import HttpRequest

from yishi.core.phone import mask_phone
from yishi.core.refusal import Refusal
from yishi.records.models import Person
from yishi.web.account.door import allowed, note
from yishi.web.gate import actor_in


def look_up(request: HttpRequest, phone: str) -> Person | Refusal:
    """The account of a phone such as +8613800000001, as at the counter. Refuses with
    `too_many_look_ups`, `phone_unknown`."""
    me = actor_in(request).person_id
    if not allowed(request, "look_up", str(me)):
        return Refusal("too_many_look_ups")
    person = Person.objects.with_phone(phone)
    found = person.uid if person else ""
    note(request, me, "person.find", person is not None, found, mask_phone(phone))
    return person or Refusal("phone_unknown", have=mask_phone(phone))
