"""Every setting an operator may give, in one table.

A value comes from the environment, else from the file named by YISHI_SETTINGS_FILE
(`NAME=value` lines), else from the default here.
"""

from dataclasses import dataclass
from enum import StrEnum

from environ import Env


class Mode(StrEnum):
    """What an installation is for."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


DEMO_SECRET_KEY = "demo-secret-key-that-protects-nothing-and-production-refuses"  # noqa: S105
DEMO_DATA_KEY = "demo:ZGVtby1kYXRhLWtleS10aGF0LXByb3RlY3RzLW5vdGg="


@dataclass(frozen=True)
class Option:
    """One setting: its name, its default as text, what it is for."""

    name: str
    default: str
    help: str
    secret: bool = False


OPTIONS = (
    Option("YISHI_MODE", "production", "demo, production or test"),
    Option("YISHI_VAR", "var", "folder of the database, files, logs and keys"),
    Option("YISHI_SECRET_KEY", "", "signs sessions and links; at least 50 characters", True),
    Option("YISHI_DATA_KEY", "", "id:base64 of 32 bytes, newest first, by commas", True),
    Option("YISHI_DATABASE_URL", "", "postgresql://…, else SQLite in YISHI_VAR", True),
    Option("YISHI_HOSTS", "", "host names served, by commas"),
    Option("YISHI_HTTPS", "true", "false only on a closed network without TLS"),
    Option("YISHI_BEHIND_PROXY", "false", "true: trust X-Forwarded-Proto from the proxy"),
    Option("YISHI_CODES", "slip", "one-time codes: slip (printed), sms, or console (a file)"),
    Option("YISHI_ADDRESS", "", "https://… as people reach it, for links in messages"),
    Option("YISHI_EMAIL", "", "console, or smtp(s)://user:password@host:port", True),
    Option("YISHI_EMAIL_FROM", "", "the address mails come from"),
    Option("YISHI_SMS", "", "console, or the https:// address of an SMS gateway", True),
    Option(
        "YISHI_SMS_BODY",
        '{"phone": "{phone}", "text": "{text}", "id": "{key}"}',
        "JSON sent to the SMS gateway",
        True,
    ),
    Option("YISHI_SMS_HEADER", "", "a header for the SMS gateway, name: value", True),
    Option("YISHI_SMS_ACCEPTED", "", "words in the gateway's answer that mean yes; empty: any 2xx"),
    Option("YISHI_WECOM", "", "console, or the https:// address of WeCom's interface"),
    Option("YISHI_WECOM_CORP", "", "WeCom: corporation id"),
    Option("YISHI_WECOM_AGENT", "", "WeCom: agent id of the application, a number"),
    Option("YISHI_WECOM_SECRET", "", "WeCom: secret of the application", True),
    Option("YISHI_LOG_ORIGIN", "yishi/log", "name of the public log, once and for ever"),
    Option("YISHI_TIME_ZONE", "Asia/Shanghai", "the one time zone of the installation"),
    Option("YISHI_CLOCK_OFFSET_SECONDS", "0", "moves the clock; demo and test only"),
    Option("YISHI_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
    Option("YISHI_DEBUG", "false", "error pages with details; never in production"),
)

DEMO_DEFAULTS = {
    "YISHI_SECRET_KEY": DEMO_SECRET_KEY,
    "YISHI_DATA_KEY": DEMO_DATA_KEY,
    "YISHI_HOSTS": "127.0.0.1,localhost,[::1],testserver",
    "YISHI_HTTPS": "false",
    "YISHI_CODES": "console",
    "YISHI_EMAIL": "console",
    "YISHI_SMS": "console",
    "YISHI_WECOM": "console",
}
"""What demo and test use where the operator says nothing."""


def given(env: Env) -> dict[str, str]:
    """The text of every option, by name; `env` has already read the settings file."""
    mode = env.str("YISHI_MODE", default="production")
    defaults = DEMO_DEFAULTS if mode in (Mode.DEMO, Mode.TEST) else {}
    return {
        option.name: env.str(option.name, default=defaults.get(option.name, option.default))
        for option in OPTIONS
    }


def masked(values: dict[str, str]) -> list[tuple[str, str, str]]:
    """(name, value, help) of every option for printing; secrets show only whether they are set."""
    return [
        (
            option.name,
            ("(set)" if values[option.name] else "(not set)")
            if option.secret
            else values[option.name],
            option.help,
        )
        for option in OPTIONS
    ]
