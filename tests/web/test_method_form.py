"""The form of a stage and what is typed into it: sent as it is shown, every stage of every shipped
method says the same again."""

import pytest
from django.http import QueryDict

from yishi.rulebook.draft import data_of
from yishi.rulebook.shipped import shipped
from yishi.web.method_draft.stage import targets_of
from yishi.web.method_draft.stage_form import form_of
from yishi.web.method_draft.stage_said import said_in

STAGES = [
    pytest.param(procedure, stage, id=f"{made.id} {made.version} {procedure['id']} {stage['id']}")
    for made in shipped()
    if made.kind == "methods"
    for procedure in data_of(made)["procedures"]
    for stage in procedure["stages"]
]


def sent(stage: dict[str, object], procedure: dict[str, object]) -> QueryDict:
    """What a browser sends of the form as it is shown."""
    post = QueryDict(mutable=True)
    targets = targets_of(procedure, str(stage["id"]))
    for group in form_of(stage, targets, (), in_round="round" in procedure):
        for field in (field for item in group["items"] for field in item["fields"]):
            chosen = [option.value for option in field.options if option.chosen]
            if field.kind == "checks":
                post.setlist(field.name, chosen)
            elif field.kind == "select":
                post[field.name] = chosen[0] if chosen else field.options[0].value
            else:
                post[field.name] = str(field.value)
    return post


@pytest.mark.parametrize(("procedure", "stage"), STAGES)
def test_sent_as_it_is_shown_it_says_the_same(
    procedure: dict[str, object], stage: dict[str, object]
) -> None:
    said = said_in(sent(stage, procedure), stage)
    assert {"id": stage["id"], "kind": stage["kind"], **said} == stage
