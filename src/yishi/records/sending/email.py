"""E-mail by SMTP."""

from collections.abc import Mapping
from smtplib import SMTPException, SMTPResponseException
from typing import Any

from django.core.mail import EmailMessage, get_connection

from yishi.records.sending.failed import TIMEOUT_SECONDS, ChannelFailed

BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Email:
    """Sends plain text through the mail server of the settings."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """One mail to one person; `key` is its Message-ID. Raises ChannelFailed."""
        given = self.given
        connection = get_connection(
            BACKEND,
            host=given["host"],
            port=given["port"],
            username=given["user"],
            password=given["password"],
            use_tls=given["tls"] == "start",
            use_ssl=given["tls"] == "from the first byte",
            timeout=TIMEOUT_SECONDS,
        )
        sender = given["from"]
        headers = {
            "Message-ID": f"<{key}@{sender.rpartition('@')[2].rstrip('>')}>",
            "Auto-Submitted": "auto-generated",
        }
        mail = EmailMessage(subject, text, sender, [to], headers=headers, connection=connection)
        try:
            mail.send()
        except SMTPResponseException as error:
            raise ChannelFailed(f"smtp {error.smtp_code}") from error
        except (SMTPException, OSError, ValueError) as error:
            raise ChannelFailed(type(error).__name__) from error
