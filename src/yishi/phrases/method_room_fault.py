"""What is wrong with a room of a method: a meeting, a posting, a vote, a watching, a text."""

from django.utils.translation import gettext as _


def sentences() -> dict[str, str]:
    """code → sentence with %(stage)s, %(path)s, %(have)s and %(allowed)s."""
    return {
        "key_misplaced": _(
            "“%(stage)s” (%(path)s) says something that only a stage of another kind has: "
            "%(have)s. Take it out."
        ),
        "period_missing": _("“%(stage)s” (%(path)s) does not say for how long it is open."),
        "least_missing": _("“%(stage)s” (%(path)s) does not say how many have to be heard."),
        "round_lacks": _(
            "A round of small works needs a step “%(have)s”, and this one has none. It needs: "
            "%(allowed)s."
        ),
        "round_terms_late": _(
            "The terms of a round hang out before anything else, and the call comes next; here it "
            "begins with “%(stage)s” and goes on to “%(have)s”. Put a public notice first and "
            "let it lead to the call."
        ),
        "round_accepts": _(
            "In a round each project is accepted by itself, while it is carried out. Take the "
            "step “%(have)s” out."
        ),
        "form_unknown": _(
            "“%(stage)s” (%(path)s) cannot be held as “%(have)s”. It may be: %(allowed)s."
        ),
        "hearing_one_sided": _(
            "“%(stage)s” (%(path)s) is a hearing, and a hearing hears both sides: name at least "
            "two that have to come."
        ),
        "form_decides": _(
            "“%(stage)s” (%(path)s) is held as “%(have)s”, where nothing is decided: let it not "
            "settle anything on the spot."
        ),
        "watched_by_doer": _(
            "In “%(stage)s” (%(path)s) %(have)s does the work and looks on. Let somebody else "
            "look on."
        ),
        "text_unvoted": _(
            "By %(path)s the text is in force and nobody voted on it. Let every way pass one of: "
            "%(allowed)s."
        ),
        "text_not_adopted": _(
            "The text of this procedure is never in force: “%(stage)s” leads to no end that says "
            "so. Let the end it is adopted with say that it has been done."
        ),
        "voting_ways_missing": _(
            "“%(stage)s” (%(path)s) does not say how a vote may come in: on-line, on paper, at "
            "the door, or by a show of hands. Choose at least one."
        ),
        "voting_secret_hands": _(
            "“%(stage)s” (%(path)s) is secret, and a show of hands is seen by everybody. Take "
            "one of the two out."
        ),
        "voting_secret_owner": _(
            "“%(stage)s” (%(path)s) cannot be secret: the area on a ballot tells whose it is."
        ),
        "voting_owner_hands": _(
            "In “%(stage)s” (%(path)s) owners vote, and hands have no area. Take the show of "
            "hands out."
        ),
        "voting_owner_body": _(
            "In “%(stage)s” (%(path)s) owners vote, and they do so in the owners' assembly: let "
            "it be the one that decides."
        ),
        "voting_owner_only": _(
            "“%(stage)s” (%(path)s) is the owners' assembly: only owners vote there, by heads "
            "and by area."
        ),
        "voting_delegate_seats": _(
            "In “%(stage)s” (%(path)s) each seat has a vote, and a body that decides has no "
            "seats. Name one that has, or let others have the vote."
        ),
    }
