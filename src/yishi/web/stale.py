"""A form whose proof of origin is missing or old: nothing is done, and nothing typed is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Where residents and staff write more than a word, in the order it is shown again.
WRITTEN = ("text", "words", "answer", "result", "note", "why")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: says that the page was open too long, shows what was typed."""
    typed = [words for name in WRITTEN if (words := request.POST.get(name, "").strip())]
    context = {"typed": typed, "again": request.get_full_path()}
    return render(request, "yishi/stale.html", context, status=403)
