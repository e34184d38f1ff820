"""Deleting one's own account: the consequences first, then a second yes."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from yishi.acts import erasure
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import say_refusal
from yishi.web.account.door import note
from yishi.web.account.own import person_in
from yishi.web.gate import UNPROCESSABLE, ask_in, new_key, page


@page("account.erase", methods=("GET", "HEAD", "POST"))
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; deleted once the box is ticked."""
    context: dict[str, object] = {"key": new_key(), "waits": erasure.waits(ask_in(request))}
    if request.method != "POST":
        return render(request, "yishi/account/erase.html", context)
    person = person_in(request)
    done = erasure.erase(ask_in(request), request.POST.get("sure") == "yes")
    if isinstance(done, Refusal):
        context["refusal"] = say_refusal(done)
        return render(request, "yishi/account/erase.html", context, status=UNPROCESSABLE)
    note(request, person, "account.erased", subject=person.uid)
    logout(request)
    messages.success(request, _("Your account and what you wrote are deleted."))
    return redirect("home")


urls = [path("account/erase", erase, name="account_erase")]
