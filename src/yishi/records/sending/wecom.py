"""政务微信 (WeCom): an application message to one member.

Source: developer.work.weixin.qq.com, 获取access_token and 发送应用消息; a 政务微信 installation
serves the same interface under an address of its own.
"""

from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode

from yishi.records.sending.failed import ChannelFailed
from yishi.records.sending.https import call_json

# invalid, expired, or taken back
TOKEN_OVER = (40014, 42001, 41001)
SPARE_SECONDS = 300
SAME_WITHIN_SECONDS = 4 * 3600
"""The longest the interface allows: the same text again within four hours is shown once."""

# (base, corporation, agent) → (token, good until), for this process; a worker asks for it once.
_tokens: dict[tuple[str, str, int], tuple[str, float]] = {}


class WeCom:
    """Sends to members as one application of the office."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.of = (given["url"], given["corp"], given["agent"])

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """One text to the member `to`. Raises ChannelFailed, also where there is no such member."""
        body = {
            "touser": to,
            "msgtype": "text",
            "agentid": self.given["agent"],
            "text": {"content": text},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": SAME_WITHIN_SECONDS,
        }
        answer = self._post(body)
        if answer.get("errcode") in TOKEN_OVER:
            _tokens.pop(self.of, None)
            answer = self._post(body)
        if answer.get("errcode") != 0:
            raise ChannelFailed(f"wecom {answer.get('errcode')}")
        if answer.get("invaliduser"):
            raise ChannelFailed("wecom: no such member")

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        token = quote(self._token())
        return call_json(f"{self.given['url']}/cgi-bin/message/send?access_token={token}", body)

    def _token(self) -> str:
        token, until = _tokens.get(self.of, ("", 0.0))
        if monotonic() < until:
            return token
        query = urlencode({"corpid": self.given["corp"], "corpsecret": self.given["secret"]})
        answer = call_json(f"{self.given['url']}/cgi-bin/gettoken?{query}")
        token = str(answer.get("access_token") or "")
        if answer.get("errcode") != 0 or not token:
            raise ChannelFailed(f"wecom token {answer.get('errcode')}")
        life = int(answer.get("expires_in") or 0) - SPARE_SECONDS
        _tokens[self.of] = (token, monotonic() + life)
        return token
