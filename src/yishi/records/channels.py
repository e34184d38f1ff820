"""How a one-time code reaches a phone: an adapter, chosen by YISHI_CODES.

`console` writes into a file only the operator can read; `sms` goes through the gateway that
messages use too; `slip` sends nothing, and the desk prints. Source: architecture, decision 17.
"""

import os
from typing import Protocol

from django.conf import settings

from yishi.core.message import MessageChannel
from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
from yishi.records.sending import ChannelFailed, sender


class CodeChannel(Protocol):
    """Sends short texts to phones. `sends` is False where nothing can be sent at all."""

    sends: bool

    def send(self, phone: str, text: str) -> bool:
        """Hand `text` over for `phone` (+86…); whether it was taken."""
        ...


class ConsoleChannel:
    """Appends to `YISHI_VAR/log/codes.txt`, readable by the operator alone."""

    sends = True

    def send(self, phone: str, text: str) -> bool:
        """One line a message. False where the file cannot be written."""
        try:
            file = os.open(
                settings.YISHI_LOG_DIR / "codes.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600
            )
            with os.fdopen(file, "a", encoding="utf-8") as lines:
                lines.write(f"{phone} {text}\n")
        except OSError:
            return False
        return True


class SentChannel:
    """Sends by a channel of the settings that messages use too: SMS, e-mail, 政务微信."""

    sends = True

    def __init__(self, over: MessageChannel) -> None:
        self.over = over

    def send(self, phone: str, text: str) -> bool:
        """False where the channel does not take it now. `phone` is the channel's own address."""
        try:
            sender(self.over).send(phone, text, text, new_uid(SYSTEM_ENTROPY))
        except ChannelFailed:
            return False
        return True


class SlipChannel:
    """There is no way to send: people come to the desk for a printed slip."""

    sends = False

    def send(self, phone: str, text: str) -> bool:
        """Never sends."""
        return False


def channel() -> CodeChannel:
    """The adapter this installation uses."""
    match settings.YISHI_CODES:
        case "console":
            return ConsoleChannel()
        case "sms":
            return SentChannel(MessageChannel.SMS)
    return SlipChannel()
