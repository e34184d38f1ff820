"""Where messages reach me besides the page: addresses proven by a code, and what I want there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishi.acts import contact
from yishi.core.message import MessageChannel, mask_address, read_address
from yishi.core.phone import mask_phone
from yishi.core.refusal import Refusal
from yishi.phrases.channel import say_channel
from yishi.phrases.refusal import say_refusal
from yishi.records.channels import SentChannel
from yishi.records.models import Person, Wish
from yishi.records.queries.message_rules import message_rules
from yishi.records.queries.rule import today_of
from yishi.records.sending import address_of, channels
from yishi.records.wallclock import now
from yishi.web.account import codes
from yishi.web.account.door import allowed, note
from yishi.web.account.forms import AddressForm, CodeForm, WishForm
from yishi.web.account.own import person_in, signed_in
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, new_key, page

BOTH = ("GET", "HEAD", "POST")
TOO_MANY = 429


@page("account.use")
@signed_in
def told(request: HttpRequest) -> HttpResponse:
    """Each channel that is set up here: the address, masked, and what I want by it."""
    person = person_in(request)
    wishes = dict(Wish.objects.filter(person=person).values_list("channel", "wanted"))
    here = [channel for channel in channels() if address_of(person, channel)]
    rules = message_rules([person], today_of(now()))[person.pk]
    context = {
        "form": WishForm(here, {channel: wishes.get(channel) for channel in here}),
        "key": new_key(),
        "channels": [_shown(person, channel) for channel in _offered(request)],
        "quiet": {"from": f"{rules.quiet_from:%H:%M}", "to": f"{rules.quiet_to:%H:%M}"}
        if rules
        else None,
    }
    return render(request, "yishi/account/told.html", context)


@page("account.set_wishes", methods=("POST",))
def wishes(request: HttpRequest) -> HttpResponse:
    """What I want by each channel."""
    person = person_in(request)
    here = [channel for channel in channels() if address_of(person, channel)]
    form = WishForm(here, {}, request.POST)
    if not form.is_valid():
        return redirect("told")
    done = contact.set_wishes(ask_in(request), form.wishes())
    return answered(request, done, reverse("told"), _("Your choice is kept."))


@page("account.set_address", methods=BOTH)
def address(request: HttpRequest, channel: str) -> HttpResponse:
    """A new address: a code goes there first. An empty one is taken off at once."""
    over = _typed(channel)
    form = AddressForm(over, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show_address(request, over, form)
    typed = form.cleaned_data["address"]
    if not typed:
        done = contact.set_address(ask_in(request), over, "")
        return answered(request, done, reverse("told"), _("It is taken off."))
    read = read_address(over, typed)
    if isinstance(read, Refusal):
        form.add_error("address", str(say_refusal(read)["missing"]))
        return _show_address(request, over, form)
    person = person_in(request)
    if not allowed(request, "send_code", person.uid):
        form.add_error(None, _("Too many codes were asked for. Please wait a minute."))
        return _show_address(request, over, form, TOO_MANY)
    if not codes.send_code(request, _slot(over), read, now(), SentChannel(over)).sent:
        note(request, person, "code.failed", success=False, detail=str(over))
        form.add_error(None, _("The code could not be sent there just now. Please try later."))
        return _show_address(request, over, form, 503)
    note(request, person, "code.sent", detail=str(over))
    return redirect("told_code", over)


@page("account.set_address", methods=BOTH)
def code(request: HttpRequest, channel: str) -> HttpResponse:
    """The code that went there proves the address to be mine."""
    over = _typed(channel)
    to = codes.code_phone(request, _slot(over))
    if not to:
        return redirect("told_address", over)
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show_code(request, over, form, to)
    person = person_in(request)
    if not allowed(request, "try_code", person.uid):
        form.add_error(None, _("Too many tries. Please wait 15 minutes."))
        return _show_code(request, over, form, to, TOO_MANY)
    tried = codes.try_code(request, _slot(over), form.cleaned_data["code"], now())
    if tried is codes.Tried.RIGHT:
        done = contact.set_address(ask_in(request), over, to)
        return answered(request, done, reverse("told"), _("Messages reach you there from now on."))
    if tried is not codes.Tried.WRONG:
        messages.error(request, _("This code is no longer good. Please ask for a new one."))
        return redirect("told_address", over)
    form.add_error("code", _("This is not the code we sent."))
    return _show_code(request, over, form, to)


def _typed(channel: str) -> MessageChannel:
    """A channel that is set up here and whose address one types."""
    if channel not in channels() or channel not in contact.COLUMNS:
        raise Http404
    return MessageChannel(channel)


def _offered(request: HttpRequest) -> list[MessageChannel]:
    """政务微信 is for those who work for an office."""
    staff = bool(actor_in(request).seats or person_in(request).wecom)
    return [channel for channel in channels() if staff or channel is not MessageChannel.WECOM]


def _slot(channel: MessageChannel) -> str:
    return f"yishi_{channel}_code"


def _shown(person: Person, channel: MessageChannel) -> dict[str, str]:
    typed = channel in contact.COLUMNS
    masked = mask_address if typed else mask_phone
    return {
        "word": say_channel(channel),
        "address": masked(address_of(person, channel)),
        "href": reverse("told_address", args=[channel]) if typed else "",
    }


def _show_address(
    request: HttpRequest, channel: MessageChannel, form: AddressForm, status: int = 0
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "key": new_key(),
        "word": say_channel(channel),
        "has": mask_address(address_of(person_in(request), channel)),
    }
    status = status or (UNPROCESSABLE if request.method == "POST" else 200)
    return render(request, "yishi/account/told_address.html", context, status=status)


def _show_code(
    request: HttpRequest, channel: MessageChannel, form: CodeForm, to: str, status: int = 0
) -> HttpResponse:
    context = {
        "form": form,
        "key": new_key(),
        "channel": str(channel),
        "to": mask_address(to),
        "minutes": codes.MINUTES,
        "shown": codes.shown_code(request, _slot(channel)),
    }
    status = status or (UNPROCESSABLE if request.method == "POST" else 200)
    return render(request, "yishi/account/told_code.html", context, status=status)


urls = [
    path("account/told", told, name="told"),
    path("account/told/wishes", wishes, name="told_wishes"),
    path("account/told/<str:channel>", address, name="told_address"),
    path("account/told/<str:channel>/code", code, name="told_code"),
]
