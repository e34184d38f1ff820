"""Calls to a gateway: HTTPS, or HTTP to this machine itself; never on to another address."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from yishi.records.sending.failed import TIMEOUT_SECONDS, ChannelFailed

ANSWER_MOST = 65_536


class _Stay(HTTPRedirectHandler):
    """A redirect would carry the secret to another house."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


_opener = build_opener(_Stay)


def call(url: str, body: object = None, headers: Mapping[str, str] | None = None) -> str:
    """The text of the answer to a GET, or to a POST of `body` as JSON.

    Raises ChannelFailed for anything but a 2xx within the timeout. `url` comes from the settings,
    which take https and this machine only.
    """
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    # The scheme is the settings' own, checked in `site`.
    request = Request(url, data, dict(headers or {}))  # noqa: S310
    if data is not None:
        request.add_header("Content-Type", "application/json; charset=utf-8")
    try:
        with _opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return str(answer.read(ANSWER_MOST).decode("utf-8", "replace"))
    except HTTPError as error:
        raise ChannelFailed(f"http {error.code}") from error
    except URLError as error:
        raise ChannelFailed(type(error.reason).__name__) from error
    except (OSError, HTTPException, ValueError) as error:
        raise ChannelFailed(type(error).__name__) from error


def call_json(url: str, body: object = None) -> dict[str, Any]:
    """The same, of an answer that is a JSON object."""
    try:
        answer = json.loads(call(url, body))
    except ValueError as error:
        raise ChannelFailed("no json") from error
    if not isinstance(answer, dict):
        raise ChannelFailed("no json object")
    return answer
