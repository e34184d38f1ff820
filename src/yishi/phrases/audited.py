"""What the private audit table notes, in words."""

from django.utils.translation import gettext as _


def say_audited(code: str) -> str:
    """A noted act in words; the code itself where it has none."""
    return {
        "report.read_contact": _("Read a reporter's name and phone"),
        "form.print_registration": _("Took a registration form with name and phone"),
        "form.print_call_back": _("Took a call-back form with name and phone"),
        "form.dossier": _("Took out the dossier of a matter"),
        "sign_in": _("Signed in"),
        "sign_in.code": _("Sign-in with a one-time code"),
        "sign_in.slip": _("Sign-in with a printed slip"),
        "sign_out": _("Signed out"),
        "code.sent": _("One-time code sent"),
        "code.failed": _("One-time code could not be sent"),
        "code.refused": _("One-time code refused"),
        "staff.password": _("Staff password"),
        "staff.slip": _("Staff sign-in with a slip"),
        "staff.factor": _("Second step of staff"),
        "staff.locked": _("Staff login locked"),
        "staff.new_password": _("New password set"),
        "session.idle": _("Signed out after idling"),
        "session.ended": _("Other devices signed out"),
        "factor.added": _("Second factor added"),
        "factor.removed": _("Second factor removed"),
        "factor.recovery": _("Recovery codes made"),
        "outside.receive.signed": _("A higher system sent orders, signed"),
        "outside.send_back.signed": _("A higher system fetched answers, signed"),
        "outside.unsigned": _("A request to the line of a higher system that was not accepted"),
        "outside.receive.sheet": _("Took in a sheet of orders with names and phones"),
        "account.copy": _("Took a copy of their own data"),
        "account.corrected": _("Corrected their own name"),
        "account.erased": _("Deleted their account"),
        "slip.issued": _("One-time slip printed"),
        "person.find": _("Looked a person up"),
        "person.check": _("Checked who somebody is"),
    }.get(code, code)
