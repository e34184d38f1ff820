"""Slips: found by person, purpose and code, and claimed once."""

from datetime import datetime

from yishi.core.person import SlipPurpose
from yishi.records.models import Person, Slip
from yishi.records.secret import blind


def slip_index(person: Person, purpose: SlipPurpose, code: str) -> str:
    """What is kept of a slip's code. Dashes and spaces in it do not matter."""
    return blind(f"slip {person.uid} {purpose} {code.replace('-', '').replace(' ', '')}")


def use_slip(now: datetime, person: Person, purpose: SlipPurpose, code: str) -> bool:
    """Claims the slip with this code: True once, False for a wrong, used or expired one."""
    claimed = Slip.objects.filter(
        person=person,
        code_index=slip_index(person, purpose, code),
        used_at__isnull=True,
        expires_at__gt=now,
    ).update(used_at=now)
    return claimed == 1
