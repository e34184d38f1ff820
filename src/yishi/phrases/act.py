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
        "pushed": _("Push-down that was refused"),
        "sample": _("Lot of the committee"),
        "inspection": _("Look of the committee"),
        "opinion": _("Written opinion"),
        "listed": _("Entry of the dated list"),
        "instant": _("Instant answer"),
        "exclusion": _("Rating left out"),
    }.get(kind, kind)


def _words() -> dict[str, str]:
    return {
        "report.file": _("Matter raised"),
        "report.join": _("Matter raised, handled with an open one"),
        "report.file_for": _("Matter raised for a resident"),
        "report.settle_on_spot": _("Settled on the spot"),
        "report.rate": _("Rated by the resident"),
        "report.urge": _("Urged by the resident"),
        "report.supplement": _("Added to by the resident"),
        "report.withdraw": _("Withdrawn by the resident"),
        "report.still_unsolved": _("Not solved by the instant answer"),
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
        "case.still_unsolved": _("Not solved by the instant answer, said on the phone"),
        "case.close_silent": _("Closed without a word after an instant answer"),
        "case.archive": _("Archived"),
        "case.set_clock": _("Time limit worked out"),
        "case.import": _("Cases taken over"),
        **_on_the_way(),
        "order.issue": _("Supervisory order issued"),
        "order.answer": _("Supervisory order answered"),
        "finding.record": _("Finding recorded"),
        "exclusion.ask": _("Rating asked to be left out of the rates"),
        "exclusion.decide": _("Decided whether a rating is left out"),
        "oversight.sample": _("Matters drawn by lot"),
        "oversight.inspect": _("Looked at by the committee"),
        "opinion.write": _("Opinion of the committee written"),
        "opinion.reply": _("Opinion replied to"),
        "listed.open": _("Put on the dated list"),
        "listed.report_done": _("Reported done"),
        "listed.close": _("Taken off the dated list, or sent back"),
        "instant.draft": _("Instant answer drafted"),
        "instant.approve": _("Instant answer put in force"),
        "instant.refuse": _("Instant answer not approved"),
        "instant.end": _("Instant answer ended"),
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
        "duties.amend": _("Responsibility list amended"),
        "duties.drop": _("Amendment not adopted"),
        "calendar.load": _("Calendar loaded"),
        "form.set_template": _("Template of a form set"),
    }


def _on_the_way() -> dict[str, str]:
    return {
        "case.split": _("Split into parts"),
        "case.merge": _("Merged"),
        "case.take_in": _("Another matter merged into it"),
        "case.unmerge": _("Merge undone"),
        "case.let_go": _("A merged matter taken out again"),
        "case.call": _("Help called for"),
        "case.claim": _("A part claimed"),
        "case.end_call": _("Call for help closed"),
        "case.ask_return": _("Return asked for"),
        "case.decide_return": _("Return decided"),
        "case.contest_return": _("Refusal of the return contested"),
        "case.rule": _("Dispute ruled on"),
        "case.ask_extension": _("More time asked for"),
        "case.decide_extension": _("Extension decided"),
        "case.ask_suspension": _("Suspension asked for"),
        "case.decide_suspension": _("Suspension decided"),
        "case.resume": _("Handling resumed"),
        "case.interim": _("Interim measure"),
        "burden.record": _("Push-down to a community refused"),
    }
