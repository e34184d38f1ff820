"""Refusals of merging, splitting, calling for help, and of what a resident does on the way."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_merging(), **_splitting(), **_resident()}


def _merging() -> dict[str, tuple[str, str, str]]:
    return {
        "merge_few": (
            _("One matter alone cannot be put together"),
            _("Choose two or more that belong to your place."),
            _("Go back to the list and choose them."),
        ),
        "merge_self": (
            _("A matter cannot be merged into itself"),
            "",
            _("Choose another one."),
        ),
        "merge_chain": (
            _("Others are merged into this one"),
            _("A matter that took others in has to be the main one."),
            _("Choose it as the main one, and merge the other into it."),
        ),
        "main_behind": (
            _("The main one is less far on"),
            _("A matter that a unit has is not merged into one that nobody has."),
            _("Choose the one that is further on as the main one."),
        ),
        "group_full": (
            _("There would be too many in one"),
            _("One matter holds only so many residents' reports."),
            _("Leave the others as a second matter."),
        ),
        "join_closed": (
            _("This matter can no longer be joined"),
            _("It has moved on, or it is not one that others can join."),
            _("What you wrote is below. Send it, and it goes its own way."),
        ),
        "similar_off": (
            _("Similar matters are not offered here yet"),
            _("The rule file about similar matters is not adopted in this place."),
            _("The administrator adopts it on the page of rules. Until then send it as it is."),
        ),
        "join_own": (
            _("You have raised this one yourself"),
            _("It has its number and its answer already."),
            _("Add to yours, or send this as a new matter."),
        ),
        "already_answered_main": (
            _("The main one is no longer at a point where this can be undone"),
            _("What has been answered together stays together."),
            _("A resident who is not content can say so in the rating."),
        ),
        "nobody_left": (
            _("Nobody would go back with it"),
            _("Every report that came with it has been withdrawn or moved on."),
            _("Leave it as it is."),
        ),
        "not_merged": (
            _("This matter is not merged"),
            _("Perhaps somebody took it out a moment ago."),
            _("Look at its page again."),
        ),
    }


def _splitting() -> dict[str, tuple[str, str, str]]:
    return {
        "parts_few": (
            _("One part is no split"),
            _("A matter is split into two parts or more."),
            _("Add another part, or dispatch it as it is."),
        ),
        "parts_many": (
            _("There are too many parts"),
            _("One lead has to keep sight of all of them."),
            _("Put together what one unit can do."),
        ),
        "part_title_missing": (
            _("A part has no words"),
            _("Each unit has to see at once which part is its own."),
            _("Say in a few words what the part is."),
        ),
        "part_title_long": (
            _("The words of a part are too long"),
            "",
            _("A few words are enough."),
        ),
        "part_unit_twice": (
            _("One unit has two parts"),
            _("Two parts of one unit are one part."),
            _("Put them together, or choose another row."),
        ),
        "part_has_it": (
            _("This unit has a part of it already"),
            "",
            _("Choose another unit."),
        ),
        "call_words_missing": (
            _("What help is needed is missing"),
            _("Every body of the place reads it, so it names nobody."),
            _("Say in a sentence what is needed, when and where."),
        ),
        "call_closed": (
            _("This call is closed"),
            _("Somebody has claimed it, or it is no longer needed."),
            _("Look at the other calls."),
        ),
    }


def _resident() -> dict[str, tuple[str, str, str]]:
    return {
        "urged_already": (
            _("You have urged already"),
            _("We passed it on. One can urge again after a while."),
            _("If there is something new, add it to your matter."),
        ),
        "supplement_missing": (
            _("There is nothing to add yet"),
            "",
            _("Write a sentence or add a photo."),
        ),
    }
