"""What an answer may lack, shown before it is sent; pressed again, it goes all the same."""

from typing import Any

from django.http import HttpRequest

from yishi.assist.reply import look
from yishi.phrases.reply import say_notice
from yishi.records.alike import OPEN
from yishi.records.wallclock import now

FIELD = "noticed"


def noticed(
    request: HttpRequest, question: str, reply: str, *, dated: bool = True
) -> dict[str, Any] | None:
    """What is noticed about `reply` that was not shown yet; None if it may go.

    The form names what it has shown in its hidden field `noticed`.
    """
    OPEN.catch_up(now())
    found = look(question, reply, OPEN.weights(), dated=dated)
    codes = [notice.code.value for notice in found]
    if set(codes) <= set(request.POST.get(FIELD, "").split()):
        return None
    return {"codes": " ".join(codes), "said": [say_notice(code) for code in codes]}
