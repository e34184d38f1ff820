"""Roles in words."""

from django.utils.translation import gettext as _

from yishi.core.person import Role


def say_role(role: str) -> str:
    """The role as people call it."""
    words: dict[str, str] = {
        Role.RESIDENT: _("Resident"),
        Role.GRID_WORKER: _("Grid worker"),
        Role.COMMUNITY_DESK: _("Community desk"),
        Role.DISPATCHER: _("Dispatcher"),
        Role.UNIT_HANDLER: _("Handling unit"),
        Role.CALL_BACK_OFFICER: _("Call-back officer"),
        Role.ARBITRATOR: _("Arbitration group member"),
        Role.SUPERVISORY_OFFICER: _("Supervisory officer"),
        Role.OVERSEER: _("Affairs supervisory committee member"),
        Role.LEADER: _("Leader"),
        Role.SECRETARY: _("Community party secretary"),
        Role.CONVENER: _("Convener"),
        Role.MEMBER: _("Representative or member"),
        Role.LEGAL_ADVISER: _("Legal adviser"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.AUDITOR: _("Auditor"),
        Role.SYSTEM: _("System"),
    }
    return words.get(role, role)


def say_seat(role: str, office: str) -> str:
    """Office and role; the role alone or the office alone where that says it all.

    An office such as 望江街道综合治理中心分拨员 already names the role 分拨员.
    """
    word = say_role(role)
    if not office or word in office:
        return office or word
    return f"{office} · {word}"
