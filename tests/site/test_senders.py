"""The ways out as the settings name them: encrypted, or not leaving this machine."""

import pytest

from yishi.site.options import OPTIONS, masked
from yishi.site.senders import senders

DEFAULTS = {option.name: option.default for option in OPTIONS}
WECOM = {"YISHI_WECOM_CORP": "c", "YISHI_WECOM_AGENT": "7", "YISHI_WECOM_SECRET": "s"}


def test_nothing_is_set_up_until_it_is_named() -> None:
    assert senders(DEFAULTS) == ({}, [])


def test_each_may_be_a_file_of_the_operator() -> None:
    given = DEFAULTS | {f"YISHI_{name}": "console" for name in ("EMAIL", "SMS", "WECOM")}
    assert senders(given) == ({name: {"console": True} for name in ("email", "sms", "wecom")}, [])


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("smtp://u:p%40x@mail.example.cn", "mail.example.cn", 587, "start"),
        ("smtp://u:p%40x@mail.example.cn:25", "mail.example.cn", 25, "start"),
        ("smtps://u:p%40x@mail.example.cn", "mail.example.cn", 465, "from the first byte"),
        ("smtp://u:p%40x@127.0.0.1:2525", "127.0.0.1", 2525, "none"),
    ],
)
def test_a_mail_server(url: str, host: str, port: int, tls: str) -> None:
    found, faults = senders(DEFAULTS | {"YISHI_EMAIL": url, "YISHI_EMAIL_FROM": "a@b.cn"})
    at = {"host": host, "port": port, "user": "u", "password": "p@x", "tls": tls}
    assert (found, faults) == ({"email": at | {"from": "a@b.cn"}}, [])


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://gateway.example.cn/send", True),
        ("http://127.0.0.1:8080/send", True),
        ("http://gateway.example.cn/send", False),
        ("ftp://127.0.0.1/send", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[", False),
    ],
)
def test_a_gateway_is_called_by_https_or_on_this_machine(address: str, good: bool) -> None:
    for name, more in (("SMS", {}), ("WECOM", WECOM)):
        found, faults = senders(DEFAULTS | more | {f"YISHI_{name}": address})
        assert (bool(found), len(faults)) == (good, int(not good))


def test_no_secret_is_printed() -> None:
    secrets = {
        "YISHI_EMAIL": "smtps://u:hidden@mail.example.cn",
        "YISHI_SMS_HEADER": "Authorization: hidden",
        "YISHI_WECOM_SECRET": "hidden",
    }
    printed = {name: value for name, value, _ in masked(DEFAULTS | secrets)}
    assert {printed[name] for name in secrets} == {"(set)"}
    assert "hidden" not in "".join(printed.values())
