"""A community's own method is copied, changed, sent, or no longer pursued."""

from yishi.acts.at_place import Written, act_at, fitting
from yishi.acts.door import Ask, Done
from yishi.acts.method.held import KIND, Changed, on_draft, subject_of
from yishi.core.method import drafting as core
from yishi.core.method.drafting import Draft, DraftState, Moved
from yishi.core.method.grants import MADE
from yishi.core.outcome import Event
from yishi.core.place import PlaceKind
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import BundleRow, MethodDraft, Place
from yishi.records.queries.method_draft import assess, draft_of
from yishi.records.queries.rule import SEVERAL, bundle_of, today_of
from yishi.rulebook import draft as rulefile
from yishi.rulebook.draft_edit import Edit
from yishi.rulebook.load import usable_on

# What a community writes is read by people: no rule file of ours is a tenth as long.
LONGEST = 400_000


def copy(ask: Ask, place_uid: str, method: str, version: str, name: str) -> Done | Refusal:
    """A draft of the community's own, from a method that is kept, under a name.

    Refuses as `core.method.drafting.copy`, and with `not_found`, `draft_of_community` (only a
    community writes its own), `rule_repealed` (what the base rests on no longer holds).
    """
    place = Place.objects.filter(uid=place_uid).first()
    base = BundleRow.objects.filter(kind=SEVERAL, name=method, version=version).first()
    if place is None or base is None:
        return Refusal("not_found", have="method" if place else "place")
    uid, name = new_uid(ask.entropy), name.strip()

    def do() -> Written | Refusal:
        if place.kind != PlaceKind.COMMUNITY:
            return Refusal(
                "draft_of_community", PlaceKind.COMMUNITY, place.kind, "place", core.SOURCE
            )
        made = bundle_of(base)
        unusable = usable_on(made, today_of(ask.now))
        event = unusable or core.copy(name, f"{made.id} {made.version}")
        if isinstance(event, Refusal):
            return event
        row = MethodDraft(
            uid=uid,
            place=place,
            name=name,
            base=base,
            data={"file": rulefile.copied(made, name), "texts": rulefile.texts_of(made)},
            state=DraftState.DRAFTING,
            made_by_id=ask.actor.person_id,
            made_at=ask.now,
            changed_at=ask.now,
        )
        row.save(force_insert=True)
        return Written(event, (row,), row.state)

    return act_at(ask, "method.copy", place, KIND, uid, do, part=MADE, about=subject_of(place))


def change(ask: Ask, uid: str, edit: Edit, what: str) -> Done | Refusal:
    """Changes what is written in a draft, right or wrong. `what`: the part, for the record.

    Refuses as `core.method.drafting.change`, and with `not_found`, `stale`, `draft_too_long`,
    `draft_name_missing`, `title_too_long`.
    """

    def decide(row: MethodDraft, draft: Draft) -> Changed | Refusal:
        data = edit(row.data["file"])
        return _kept(ask, row, draft, data, row.data["texts"], what)

    return on_draft(ask, "method.change", uid, decide, part=MADE)


def change_text(ask: Ask, uid: str, name: str, words: str) -> Done | Refusal:
    """Changes one of the texts beside a method, such as its cases; "" leaves it out.

    Refuses as `change`.
    """

    def decide(row: MethodDraft, draft: Draft) -> Changed | Refusal:
        texts = {**row.data["texts"], name: words.replace("\r\n", "\n").strip() + "\n"}
        texts = {one: said for one, said in texts.items() if said.strip()}
        data = row.data["file"] if name in row.data["texts"] else None
        return _kept(ask, row, draft, data, texts, "texts")

    return on_draft(ask, "method.change", uid, decide, part=MADE)


def _kept(
    ask: Ask,
    row: MethodDraft,
    draft: Draft,
    data: rulefile.Data | None,
    texts: dict[str, str],
    what: str,
) -> Changed | Refusal:
    said = core.change(draft, what)
    if isinstance(said, Refusal):
        return said
    if data is None:
        return Refusal("not_found", have="part")
    name = str(data["name"]["zh"])
    refused = core.named(name)
    if refused:
        return refused
    row.data, row.name, row.changed_at = {"file": data, "texts": texts}, name, ask.now
    length = len(str(row.data))
    if length > LONGEST:
        return Refusal("draft_too_long", LONGEST, length, "characters", core.SOURCE)
    event = core.change(draft_of(row, {}, ""), what)
    assert isinstance(event, Event), event
    return Changed(Moved(draft.state, draft.round, event))


def send(ask: Ask, uid: str) -> Done | Refusal:
    """To both committees, the legal adviser and the sub-district.

    Refuses as `core.method.drafting.send`, and with `not_found`, `stale`.
    """

    def decide(row: MethodDraft, draft: Draft) -> Changed | Refusal:
        found = assess(row, today_of(ask.now))
        unread = found.wrong[0].key if found.wrong else ""
        moved = core.send(draft, unread, found.faults, found.method, same=found.same)
        if isinstance(moved, Refusal):
            return moved
        row.sent_at = ask.now
        params = {**moved.event.params, "sha256": draft.digest}
        return Changed(
            Moved(moved.state, moved.round, Event(moved.event.code, params, moved.event.facts))
        )

    return on_draft(ask, "method.send", uid, decide)


def withdraw(ask: Ask, uid: str, why: str) -> Done | Refusal:
    """No longer pursued. Refuses as `core.method.drafting.withdraw`, and with `not_found`,
    `stale`, `words_too_long`."""

    def decide(row: MethodDraft, draft: Draft) -> Changed | Refusal:
        moved = core.withdraw(draft, why)
        if isinstance(moved, Refusal):
            return moved
        fits = fitting(ask, row.place, moved.event)
        if isinstance(fits, Refusal):
            return fits
        row.ended_at = ask.now
        return Changed(moved)

    return on_draft(ask, "method.withdraw", uid, decide)
