"""What every answer carries, and what a request leaves in the log."""

import io
import json
import logging
import logging.config
from pathlib import Path

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from yishi.site import logs


def hello(request: HttpRequest) -> HttpResponse:
    """A page that logs a phone number, as a careless line of code might."""
    structlog.get_logger("yishi").info("asked", phone="13812345678")
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    answer = client.get("/hello/")
    assert sorted(answer.headers["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
        "worker-src 'self'",
    ]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_log_ties_lines_to_a_request_and_masks_phones(client: Client) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    described = logs.logging_settings(folder=None, level="INFO", screen_level="INFO")
    options = described["formatters"]["json"]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=options["foreign_pre_chain"], processors=options["processors"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        client.get("/hello/?name=王小明")
    finally:
        root.removeHandler(handler)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["request_started", "asked", "request_finished"]
    assert len({line["request_id"] for line in lines}) == 1
    assert lines[1]["phone"] == "138****5678"
    assert lines[0]["request"] == "GET /hello/"


def test_the_log_file_lies_in_the_installation_s_folder(tmp_path: Path) -> None:
    described = logs.logging_settings(folder=tmp_path, level="INFO", screen_level="ERROR")
    assert described["handlers"]["file"]["filename"] == str(tmp_path / "yishi.jsonl")
