"""The sender of a demo and of an installation being tried out: a file of the operator."""

import os

from django.conf import settings

from yishi.core.message import MessageChannel
from yishi.records.sending.failed import ChannelFailed

FILE = "messages.txt"


class Console:
    """Appends to `YISHI_VAR/log/messages.txt`, readable by the operator alone."""

    def __init__(self, channel: MessageChannel) -> None:
        self.channel = channel

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """One line a sending. Raises ChannelFailed where the file cannot be written."""
        line = f"{self.channel} {to} {key} {' '.join(text.split())}\n"
        try:
            file = os.open(
                settings.YISHI_LOG_DIR / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600
            )
            with os.fdopen(file, "a", encoding="utf-8") as lines:
                lines.write(line)
        except OSError as error:
            raise ChannelFailed(f"file: {error.strerror}") from error
