"""The ways a message goes out, in words."""

from django.utils.translation import gettext as _


def say_channel(channel: str) -> str:
    """The channel as people call it."""
    return {"email": _("E-mail"), "sms": _("SMS"), "wecom": _("WeCom")}.get(channel, channel)
