"""The private audit table: sign-ins and reads of identifying data. Never a code or a password.

Kept at least six months. Source: norms.md §5, 等保 level 3: time, who, what, success.
"""

from datetime import datetime

from yishi.records.models import Audit, Person


def note(
    now: datetime,
    person: Person | int | None,
    what: str,
    subject: str = "",
    success: bool = True,
    address: str = "",
    detail: str = "",
) -> None:
    """Writes one row. `subject` is the uid of what was touched, `address` the client's address.

    Texts longer than their column are cut: an audit row is never lost for its length.
    """
    Audit.objects.create(
        at=now,
        person_id=person.pk if isinstance(person, Person) else person,
        what=what[:40],
        subject=subject[:40],
        success=success,
        address=address[:45],
        detail=detail[:200],
    )
