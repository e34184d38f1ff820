"""What production refuses, one sentence each."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {
    "YISHI_MODE": "production",
    "YISHI_SECRET_KEY": "x" * 50,
    "YISHI_DATA_KEY": "k1:" + "A" * 43 + "=",
    "YISHI_HOSTS": "yishi.example.cn",
}

PRINT = "from yishi.site import checks; print('\\n'.join(checks.refusals()), end='')"


def refusals(folder: Path, **given: str) -> str:
    """What a new process with these settings, and no others, refuses."""
    environment = {name: value for name, value in os.environ.items() if name[:6] != "YISHI_"}
    environment |= {"DJANGO_SETTINGS_MODULE": "yishi.site.settings", "YISHI_VAR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", PRINT],
        env=environment | given, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_a_complete_production_starts(tmp_path: Path) -> None:
    assert refusals(tmp_path, **GOOD) == ""


def test_the_demo_starts_with_nothing_given(tmp_path: Path) -> None:
    assert refusals(tmp_path, YISHI_MODE="demo") == ""


def test_settings_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "yishi.conf"
    file.write_text("".join(f"{name}={value}\n" for name, value in GOOD.items()))
    assert refusals(tmp_path, YISHI_SETTINGS_FILE=str(file)) == ""


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"YISHI_SECRET_KEY": ""},
            "Production needs YISHI_SECRET_KEY: a random text of 50 characters or more.",
        ),
        (
            {"YISHI_SECRET_KEY": "x" * 49},
            "YISHI_SECRET_KEY is the demo's or too short; production needs its own.",
        ),
        (
            {"YISHI_SECRET_KEY": "demo-secret-key-that-protects-nothing-and-production-refuses"},
            "YISHI_SECRET_KEY is the demo's or too short; production needs its own.",
        ),
        (
            {"YISHI_DATA_KEY": ""},
            "Production needs YISHI_DATA_KEY: an id, a colon and 32 bytes in base64.",
        ),
        (
            {"YISHI_DATA_KEY": "demo:ZGVtby1kYXRhLWtleS10aGF0LXByb3RlY3RzLW5vdGg="},
            "YISHI_DATA_KEY is the demo's; production needs its own.",
        ),
        ({"YISHI_HOSTS": ""}, "Production needs YISHI_HOSTS: the host names it is reached by."),
        (
            {"YISHI_DEBUG": "true"},
            "Production refuses YISHI_DEBUG: error pages would show personal data.",
        ),
        (
            {"YISHI_CLOCK_OFFSET_SECONDS": "60"},
            "Production refuses YISHI_CLOCK_OFFSET_SECONDS: its clock is the real one.",
        ),
        (
            {"YISHI_CODES": "pigeon"},
            "YISHI_CODES is 'pigeon'; it must be slip, sms or console.",
        ),
        ({"YISHI_CODES": "sms"}, "YISHI_CODES is sms, and YISHI_SMS names no gateway."),
        (
            {"YISHI_EMAIL": "mail.example.cn"},
            "YISHI_EMAIL must be console, smtp://user:password@host:port or smtps://….",
        ),
        (
            {"YISHI_EMAIL": "smtps://u:p@mail.example.cn"},
            "YISHI_EMAIL needs YISHI_EMAIL_FROM: the address mails come from.",
        ),
        (
            {"YISHI_SMS": "http://sms.example.cn/send"},
            "YISHI_SMS must be console or an https:// address.",
        ),
        (
            {"YISHI_SMS": "https://sms.example.cn", "YISHI_SMS_BODY": "{text}"},
            "YISHI_SMS_BODY must be a JSON object with {phone} and {text} in it.",
        ),
        (
            {"YISHI_SMS": "https://sms.example.cn", "YISHI_SMS_HEADER": "secret"},
            "YISHI_SMS_HEADER must be a header such as Authorization: Bearer ….",
        ),
        (
            {"YISHI_WECOM": "https://wecom.example.cn"},
            "YISHI_WECOM needs YISHI_WECOM_CORP, YISHI_WECOM_AGENT (a number) and "
            "YISHI_WECOM_SECRET.",
        ),
        (
            {"YISHI_DATABASE_URL": "mysql://a:b@c/d"},
            "YISHI_DATABASE_URL begins with mysql: — only postgresql:// and sqlite:// are known.",
        ),
        (
            {"YISHI_MODE": "live"},
            "YISHI_MODE is 'live'; it must be demo, production or test.",
        ),
    ],
)
def test_production_refuses(tmp_path: Path, changed: dict[str, str], sentence: str) -> None:
    assert refusals(tmp_path, **(GOOD | changed)) == sentence


def test_a_bad_data_key_is_refused_without_being_shown(tmp_path: Path) -> None:
    said = refusals(tmp_path, **(GOOD | {"YISHI_DATA_KEY": "k1:c2hvcnQ="}))
    assert said.splitlines()[0] == (
        "YISHI_DATA_KEY: part 1 is not an id, a colon and 32 bytes in base64."
    )
    assert "c2hvcnQ" not in said


def test_production_refuses_the_folder_of_a_demo(tmp_path: Path) -> None:
    (tmp_path / "demo").touch()
    assert refusals(tmp_path, **GOOD) == (
        f"{tmp_path} holds a demo district, where anybody may be anybody; "
        "production needs a folder of its own."
    )
