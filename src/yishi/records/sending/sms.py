"""SMS through the HTTPS gateway of whoever an office buys them from."""

from collections.abc import Mapping
from typing import Any

from yishi.core.phone import PREFIX
from yishi.records.sending.failed import ChannelFailed
from yishi.records.sending.https import call


class Sms:
    """Posts a JSON body made from a template: `{to}` +86138…, `{phone}` 138…, `{text}`, `{key}`."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """One SMS. Raises ChannelFailed, also where the answer lacks the words that mean yes."""
        values = {"to": to, "phone": to.removeprefix(PREFIX), "text": text, "key": key}
        body = filled(self.given["body"], values)
        answer = call(self.given["url"], body, self.given["headers"])
        if self.given["accepted"] not in answer:
            raise ChannelFailed("not accepted")


def filled(template: Any, values: Mapping[str, str]) -> Any:
    """The template with each `{name}` in its strings replaced; once, so that a text which holds
    braces stays what it is."""
    if isinstance(template, dict):
        return {key: filled(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, values) for value in template]
    if not isinstance(template, str):
        return template
    parts = template.split("{")
    out = parts[0]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        out += values[name] + rest if brace and name in values else "{" + part
    return out
