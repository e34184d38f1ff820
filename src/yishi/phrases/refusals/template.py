"""Refusals of a Word template an office sends in."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    nothing = _("Nothing of it was kept; the form is filled as before.")
    return {
        "template_not_word": (
            _("This is not a Word template we can read"),
            nothing,
            _("Save it in Word as a document (.docx) and send it again."),
        ),
        "template_too_large": (
            _("The template is too large once it is unpacked"),
            nothing,
            _("Leave out large pictures and send it again."),
        ),
        "template_active": (
            _("The template would run something or fetch something"),
            nothing,
            _("Leave out macros, embedded files and links to other files."),
        ),
        "template_tag_unknown": (
            _("The template names a word this form does not have"),
            nothing,
            _("Look the tag up in the list of this form and correct it."),
        ),
        "template_tag_odd": (
            _("The template holds a tag that does more than name a word"),
            nothing,
            _("Tags may name a word, go through a list, or ask whether a word is there."),
        ),
        "template_too_many_tags": (
            _("The template holds more tags than it could be filled with in time"),
            nothing,
            _("Name each word where it is needed and send it again."),
        ),
        "template_breaks": (
            _("The template could not be filled"),
            _("A tag is not closed, or a table is broken."),
            _("Compare it with the shipped template and send it again."),
        ),
        "template_none": (
            _("There is no template of your own here"),
            "",
            _("The form is filled by the shipped template, or by that of the place above."),
        ),
    }
