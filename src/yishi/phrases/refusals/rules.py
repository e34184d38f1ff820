"""Refusals about rule files, lists and calendars."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        "rules_missing": (
            _("No rules are in force here yet"),
            _("The place has not adopted rules of this kind."),
            _("The administrator loads and adopts them."),
        ),
        "rule_not_yet": (
            _("This rule is not in force yet"),
            "",
            _("Choose a day from which it is valid."),
        ),
        "rule_repealed": (
            _("What this rule rests on has been repealed"),
            _("It may not be used after that day until it is based anew."),
            _("Load a version that names the law in force."),
        ),
        "rules_older": (
            _("The rules in force here do not provide for this yet"),
            _("This version was adopted before the step existed."),
            _("The administrator adopts the newer version of the rules."),
        ),
        "bundle_changed": (
            _("This version is kept with other words"),
            _("A published version never changes."),
            _("Give the changed file a version of its own."),
        ),
        "method_faulty": (
            _("This method cannot be published yet"),
            _("Something in it would leave a topic nowhere, or let it skip a step."),
            _("Mend what is named here and send the file again."),
        ),
        "method_unfit": (
            _("This method cannot be adopted here yet"),
            _("It asks less than is required above, or somebody it needs is not there."),
            _("Mend the method, or appoint who is missing, and adopt it again."),
        ),
        "layer_locked": (
            _("The law is the same everywhere"),
            _("What the law requires is adopted for the whole district, never below it."),
            _("Adopt it at the district."),
        ),
        "bundle_unknown": (_("This rule file is not loaded"), "", _("Load it first.")),
        "calendar_empty": (
            _("This year has no day off"),
            _("A year without one is a notice not yet published."),
            _("Load it when the State Council has published it."),
        ),
        "calendar_changed": (
            _("This version of the year is kept with other days"),
            "",
            _("Give the corrected file a version of its own."),
        ),
        "duties_not_newer": (
            _("A newer list is in force already"),
            "",
            _("Give the list a later day from which it is valid."),
        ),
    }
