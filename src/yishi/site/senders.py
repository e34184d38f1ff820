"""The settings of the ways out: e-mail, SMS, 政务微信. Nothing given: messages stay on the page."""

import json
from typing import Any
from urllib.parse import unquote, urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
CONSOLE: dict[str, Any] = {"console": True}


class BadSender(ValueError):
    """A setting of a sender that cannot be used; the sentence names it and shows no secret."""


def senders(given: dict[str, str]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """channel → its settings, for those set up; and a sentence for each that cannot be used."""
    found, faults = {}, []
    for channel, read in (("email", _email), ("sms", _sms), ("wecom", _wecom)):
        name = f"YISHI_{channel.upper()}"
        value = given[name].strip()
        if not value:
            continue
        try:
            found[channel] = CONSOLE if value == "console" else read(name, value, given)
        except BadSender as error:
            faults.append(str(error))
    return found, faults


def _email(name: str, value: str, given: dict[str, str]) -> dict[str, Any]:
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:
        url, port = urlsplit(""), None
    if url.scheme not in ("smtp", "smtps") or not url.hostname:
        raise BadSender(f"{name} must be console, smtp://user:password@host:port or smtps://….")
    sender = given["YISHI_EMAIL_FROM"].strip()
    if "@" not in sender:
        raise BadSender("YISHI_EMAIL needs YISHI_EMAIL_FROM: the address mails come from.")
    tls = "from the first byte" if url.scheme == "smtps" else "start"
    return {
        "host": url.hostname,
        "port": port or (465 if url.scheme == "smtps" else 587),
        "user": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "tls": "none" if url.scheme == "smtp" and url.hostname in LOOPBACK else tls,
        "from": sender,
    }


def _sms(name: str, value: str, given: dict[str, str]) -> dict[str, Any]:
    try:
        body = json.loads(given["YISHI_SMS_BODY"])
    except ValueError:
        body = None
    if not isinstance(body, dict) or "{text}" not in given["YISHI_SMS_BODY"]:
        raise BadSender("YISHI_SMS_BODY must be a JSON object with {phone} and {text} in it.")
    header, colon, content = given["YISHI_SMS_HEADER"].partition(":")
    if header and not colon:
        raise BadSender("YISHI_SMS_HEADER must be a header such as Authorization: Bearer ….")
    return {
        "url": _https(name, value),
        "body": body,
        "headers": {header.strip(): content.strip()} if header else {},
        "accepted": given["YISHI_SMS_ACCEPTED"],
    }


def _wecom(name: str, value: str, given: dict[str, str]) -> dict[str, Any]:
    agent = given["YISHI_WECOM_AGENT"].strip()
    if not (given["YISHI_WECOM_CORP"] and given["YISHI_WECOM_SECRET"] and agent.isdigit()):
        raise BadSender(
            "YISHI_WECOM needs YISHI_WECOM_CORP, YISHI_WECOM_AGENT (a number) and "
            "YISHI_WECOM_SECRET."
        )
    return {
        "url": _https(name, value).rstrip("/"),
        "corp": given["YISHI_WECOM_CORP"],
        "agent": int(agent),
        "secret": given["YISHI_WECOM_SECRET"],
    }


def _https(name: str, value: str) -> str:
    """The address, where it is encrypted on its way or does not leave this machine."""
    try:
        url = urlsplit(value)
        good = bool(url.hostname) and (
            url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
        )
    except ValueError:
        good = False
    if not good:
        raise BadSender(f"{name} must be console or an https:// address.")
    return value
