"""Acts in a few words, as the public record lists them."""

from django.utils.translation import gettext as _


def say_act(act: str) -> str:
    """What was done, without saying to whom; the code itself where there are no words yet."""
    return _words().get(act, act)


def say_subject(kind: str) -> str:
    """What kind of thing was acted on."""
    return {
        "case": _("Matter"),
        "report": _("Report"),
        "person": _("Person"),
        "place": _("Place"),
        "appointment": _("Appointment"),
        "bundle": _("Rules"),
        "calendar": _("Calendar"),
        "duties": _("Responsibility list"),
    }.get(kind, kind)


def _words() -> dict[str, str]:
    return {
        "report.file": _("Matter raised"),
        "report.file_for": _("Matter raised for a resident"),
        "report.settle_on_spot": _("Settled on the spot"),
        "report.rate": _("Rated by the resident"),
        "case.refuse": _("Not taken on"),
        "case.accept": _("Taken on"),
        "case.set_aside": _("Set aside as a topic"),
        "case.dispatch": _("Dispatched"),
        "case.sign": _("Signed for"),
        "case.contact": _("Resident contacted"),
        "case.submit_result": _("Result handed in"),
        "case.check": _("Checked by somebody else"),
        "case.answer": _("Answered"),
        "case.call_back": _("Called back"),
        "case.archive": _("Archived"),
        "case.set_clock": _("Time limit worked out"),
        "case.import": _("Cases taken over"),
        "order.issue": _("Supervisory order issued"),
        "order.answer": _("Supervisory order answered"),
        "publication.draft": _("Publication drafted"),
        "publication.review": _("Publication reviewed"),
        "publication.sign_off": _("Publication signed off"),
        "publication.take_down": _("Publication taken down"),
        "place.load": _("Places loaded"),
        "person.load": _("People loaded"),
        "person.check": _("Identity checked"),
        "person.sign_slip": _("Sign-in slip printed"),
        "person.staff_slip": _("Staff slip printed"),
        "account.join": _("Account opened"),
        "account.correct": _("Name corrected"),
        "appointment.give": _("Post given"),
        "appointment.end": _("Post ended"),
        "appointment.hand_over": _("Posts handed over"),
        "appointment.load": _("Posts loaded"),
        "rules.load": _("Rules loaded"),
        "rules.adopt": _("Rules adopted"),
        "duties.load": _("Responsibility list loaded"),
        "calendar.load": _("Calendar loaded"),
    }
