"""The forms by name."""

from django.utils.translation import gettext as _

from yishi.core.form import Form


def say_form(form: Form) -> str:
    """The name an office knows it by."""
    return {
        Form.REGISTRATION: _("Registration form"),
        Form.HANDING_OVER: _("Handing-over sheet"),
        Form.RETURN: _("Return sheet"),
        Form.EXTENSION: _("Extension approval form"),
        Form.ORDER: _("Supervisory order sheet"),
        Form.ANSWER: _("Answer sheet"),
        Form.CALL_BACK: _("Call-back form"),
        Form.DATED_LIST: _("Dated list for putting right"),
        Form.OPINION: _("Opinion of the supervisory committee"),
    }[form]
