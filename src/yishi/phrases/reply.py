"""What an answer may lack, in a sentence for whoever is about to send it."""

from django.utils.translation import gettext as _


def say_notice(code: str) -> str:
    """Such as 没有写时间：哪天办的，或最迟哪天办好。"""
    if code == "empty":
        return _("It only says that it arrived. What was done, or will be, and when?")
    if code == "no_date":
        return _("It names no time: when was it done, or by when will it be?")
    if code == "no_measure":
        return _("It does not say what was done, or will be.")
    return _("It shares hardly a word with what was raised. Is it the answer to this matter?")
