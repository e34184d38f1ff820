"""What is shown where no view answers: nothing there, a form too large, a fault of our own.

Django's own pages speak one language and look like nobody's house.
"""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.web.gate import missing
from yishi.web.uploads_limit import FormTooLarge

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a form larger than any of ours. Never repeats what was sent."""
    if isinstance(exception, FormTooLarge):
        return _plain(exception.refusal, 413)
    if isinstance(exception, TOO_LARGE):
        return _plain(Refusal("form_too_large"), 413)
    return _plain(Refusal("text_unreadable"), 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page as for what is there but not the reader's to see."""
    return missing(request)


def broken(request: HttpRequest) -> HttpResponse:
    """500: asks neither database nor session, which may be what failed."""
    return _plain(Refusal("broken"), 500)


def _plain(refusal: Refusal, status: int) -> HttpResponse:
    """The page without its reader: the request may be the very thing that cannot be read."""
    context = {"refusal": say_refusal(refusal), "shell": {"home": "/"}}
    return HttpResponse(render_to_string("yishi/refused.html", context), status=status)
