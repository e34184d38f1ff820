"""Refusals about instant answers."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        "instant_title_missing": (
            _("The title is missing"),
            _("Staff find a text by its title, and the story of a matter names it."),
            _("Write in a few words what the text is about."),
        ),
        "instant_words_missing": (
            _("The topic is missing"),
            _("A text answers matters that say one of its words."),
            _("Write at least one word residents would use."),
        ),
        "instant_words_many": (
            _("The topic has too many words"),
            _("Many words answer matters that are about something else."),
            _("Keep those that are surely meant; draft a second text for a second topic."),
        ),
        "instant_word_short": (
            _("A word of the topic is too short"),
            _("A short word stands in many matters that are about something else."),
            _("Write the word in full, or join it with another by +."),
        ),
        "instant_past": (
            _("This moment is over"),
            _("A text is sent until it expires."),
            _("Choose a later day."),
        ),
        "instant_far": (
            _("This is too far away"),
            _("What was right in spring may be wrong in autumn: a text expires."),
            _("Choose an earlier day; it can be drafted anew."),
        ),
        "instant_decided": (
            _("Somebody has decided on it already"),
            _("A text is approved or refused once."),
            _("Look at the text; a new one can be drafted."),
        ),
        "instant_over": (
            _("It is not sent any more"),
            _("Only a draft, or a text in force, can be ended."),
            "",
        ),
        "not_instant": (
            _("No text answered this matter at once"),
            _("Still unsolved is for matters an instant answer was sent to."),
            _("Rate the answer: if you are not content, it is done again."),
        ),
        "still_waited": (
            _("The resident's word is still waited for"),
            _("The adopted days after the instant answer have not passed."),
            _("It closes by itself."),
        ),
    }
