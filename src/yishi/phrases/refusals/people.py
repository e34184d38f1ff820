"""Refusals about people and appointments."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_people(), **_appointments()}


def _people() -> dict[str, tuple[str, str, str]]:
    return {
        "home_missing": (_("The home is missing"), "", _("Choose the building.")),
        "home_elsewhere": (
            _("The home lies in another community"),
            _("Only its own community checks a resident."),
            _("Send the resident to their own community's desk."),
        ),
        "room_too_long": (_("The room is too long"), "", _("Write only unit and room.")),
        "not_staff": (_("This person is not staff"), "", _("Give an appointment first.")),
        "phone_known": (
            _("This phone belongs to somebody already"),
            "",
            _("Look the person up by the phone."),
        ),
        "phone_unknown": (
            _("Nobody has an account with this phone"),
            "",
            _("Write the name instead; it counts as a guest or a resident."),
        ),
        "too_many_look_ups": (
            _("You have looked up very many phones this hour"),
            "",
            _("Please wait a little."),
        ),
        "too_many_tries": (_("Too many tries from here"), "", _("Please wait a little.")),
        "person_unknown": (
            _("Nobody of that name or login is known here"),
            "",
            _("Look at the list of people."),
        ),
        "address_wrong": (
            _("This cannot be an address"),
            "",
            _("Write it as it stands in your mail program or address book."),
        ),
        "name_missing": (_("The name is missing"), "", _("Write the name.")),
        "name_too_long": (_("The name is too long"), "", _("Write only the name.")),
        "area_missing": (
            _("The area is missing"),
            _("An owner is counted by head and by area."),
            _("Copy it from the title."),
        ),
        "area_too_large": (_("The area cannot be right"), "", _("Look at the title again.")),
        "person_closed": (
            _("This account is closed"),
            "",
            _("The administrator can open it again."),
        ),
        "erase_appointed": (
            _("You still hold an appointment"),
            _("The office has to know who acts for it."),
            _("Ask the administrator to end your appointments, then delete your account."),
        ),
        "erase_open_matters": (
            _("Some of your matters are still open"),
            _("Without you nobody could tell you how they end."),
            _("Wait for the answer and rate it, or withdraw the matter; then come back."),
        ),
        "erase_unsure": (
            _("Please confirm that you mean it"),
            _("What is deleted cannot be brought back."),
            _("Tick the box under the consequences, and send again."),
        ),
        "slip_purpose": (_("A slip for this is not known"), "", _("Choose one of the purposes.")),
        "slip_printed": (
            _("A slip was printed a moment ago"),
            _("It is still good; a second one would cancel it."),
            _("Use the first one, or wait until it has run out."),
        ),
    }


def _appointments() -> dict[str, tuple[str, str, str]]:
    return {
        "same_person": (
            _("It is the same person"),
            "",
            _("Choose whom the post is handed over to."),
        ),
        "nothing_to_hand_over": (
            _("There is nothing to hand over"),
            _("This person holds no post on that day."),
            _("Choose another day or person."),
        ),
        "not_active": (_("This account is closed"), "", _("Choose another person.")),
        "role_not_appointed": (
            _("Nobody is appointed to this role"),
            "",
            _("Choose one of the roles."),
        ),
        "community_needed": (
            _("This role belongs to a community"),
            "",
            _("Choose the community."),
        ),
        "grid_needed": (_("The grid is missing"), "", _("Choose the grid.")),
        "grid_elsewhere": (
            _("The grid lies in another community"),
            "",
            _("Choose a grid of this community."),
        ),
        "body_needed": (
            _("The body is missing"),
            _("A handling unit's member belongs to a body."),
            _("Choose the body."),
        ),
        "body_elsewhere": (
            _("The body does not belong to this place"),
            "",
            _("Choose a body of this place."),
        ),
        "seat_body_needed": (
            _("The body is missing"),
            _("A convener or a member has a seat in a body."),
            _("Choose the body."),
        ),
        "body_without_seats": (
            _("This body has no seats"),
            "",
            _("Choose a body that deliberates, or another role."),
        ),
        "seat_elsewhere": (
            _("A seat is held in the body's own place"),
            "",
            _("Choose the place the body belongs to."),
        ),
        "cross_ground_needed": (
            _("A cross-appointment needs its ground"),
            _(
                "Members of the residents' committee, the owners' committee and the property firm "
                "hold each other's posts only after a democratic procedure."
            ),
            _("Put it to a democratic procedure first, and give the number of the topic."),
        ),
        "cross_topic_unknown": (
            _("There is no topic with this number"),
            "",
            _("Look at the number again, or leave it empty where nothing is crossed."),
        ),
        "cross_topic_elsewhere": (
            _("The topic belongs to another community"),
            "",
            _("Give a topic of the community of the body."),
        ),
        "cross_topic_open": (
            _("The topic has not been carried out and published"),
            _("A cross-appointment follows a decision that was carried out and published."),
            _("Wait until it has ended, or give another topic."),
        ),
        "rolls_apart": (
            _("Two elections are not filled from one roll"),
            _("Party members elect the party committee, residents the residents' committee."),
            _("Choose the posts of one of them, then those of the other."),
        ),
        "term_backwards": (
            _("The term ends before it begins"),
            "",
            _("Look at both days again."),
        ),
        "self_appointment": (
            _("Nobody appoints themselves"),
            "",
            _("Ask another administrator."),
        ),
        "already_ended": (_("This appointment has ended"), "", ""),
        "already_appointed": (
            _("This person holds the post already"),
            "",
            _("End the earlier appointment first, or change its term."),
        ),
        "roles_apart": (
            _("These two roles are kept apart"),
            _("Administration, audit and casework are never in one hand."),
            _("Appoint somebody else to one of them."),
        ),
    }
