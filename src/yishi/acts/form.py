"""Templates of the forms: an office puts its own Word file in place, or goes back to ours."""

import hashlib

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.form import TAGS, Form
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import FormTemplate, Place
from yishi.records.queries.form_template import has_own
from yishi.records.word_check import check_template

NAME_MAX = 120


def set_template(ask: Ask, place: Place, form: Form, data: bytes, name: str) -> Done | Refusal:
    """From now on this place, and those below without one of their own, fill `form` by this file.

    Refuses as `records.word_check.check_template`: nothing is kept of a file that was refused.
    """
    wrong = check_template(data, TAGS[form])
    if wrong:
        return wrong
    digest = hashlib.sha256(data).hexdigest()

    def do() -> Written:
        row = _row(ask, place, form, digest, name, data)
        params = {"form": form.value, "place": place.name, "name": row.name, "sha256": digest}
        facts: dict[str, int | str] = {"form": form.value, "sha256": digest}
        return Written(Event("form.template_set", params, facts), (row,))

    return act_at(ask, "form.set_template", place, "place", place.uid, do)


def give_up_template(ask: Ask, place: Place, form: Form) -> Done | Refusal:
    """Back to what the place above uses, or to the shipped one. Refuses with `template_none`."""

    def do() -> Written | Refusal:
        if not has_own(place, form):
            return Refusal("template_none", have=place.name)
        row = _row(ask, place, form, "", "", b"")
        params = {"form": form.value, "place": place.name}
        return Written(Event("form.template_given_up", params, {"form": form.value}), (row,))

    return act_at(ask, "form.set_template", place, "place", place.uid, do)


def _row(ask: Ask, place: Place, form: Form, digest: str, name: str, data: bytes) -> FormTemplate:
    return FormTemplate.objects.create(
        uid=new_uid(ask.entropy),
        place=place,
        form=form,
        sha256=digest,
        name=name[:NAME_MAX],
        content=data,
        from_at=ask.now,
        set_by_id=ask.actor.person_id,
    )
