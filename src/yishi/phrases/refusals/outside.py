"""Refusals on the line to a higher system, by sheet and by the signed interface."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_of_systems(), **_of_orders(), **_of_the_interface()}


def _of_systems() -> dict[str, tuple[str, str, str]]:
    return {
        "system_code_wrong": (
            _("This code cannot stand in an address"),
            _("Letters, digits and dashes, at most 40."),
            _("Choose a code such as 12345."),
        ),
        "system_name_missing": (
            _("The name of the system is missing"),
            "",
            _("Write what people call it, such as 区12345平台."),
        ),
        "public_key_wrong": (
            _("This is no public key"),
            _("An Ed25519 public key is 32 bytes, 44 characters in base64."),
            _("Ask the system's operator for it once more, or leave it empty for sheets alone."),
        ),
        "code_taken": (
            _("Another place has a system of this code"),
            "",
            _("Choose another code."),
        ),
        "system_ended": (
            _("This system is no longer on the line"),
            "",
            _("The administrator can put it on again."),
        ),
    }


def _of_orders() -> dict[str, tuple[str, str, str]]:
    return {
        "order_known": (_("This order came in before"), "", ""),
        "order_changed": (
            _("This order came in before with other words"),
            _("What was taken in is not overwritten."),
            _("Ask the system which of the two holds, and add to the matter itself."),
        ),
        "order_not_object": (_("An order is an object with named fields"), "", ""),
        "place_twice": (
            _("Several places have this name"),
            "",
            _("Name the street as well."),
        ),
        "place_elsewhere": (
            _("This place lies elsewhere"),
            _("The system sends orders for its own place only."),
            _("Send it back to the system."),
        ),
        "field_unknown": (_("This is no field of an order"), "", _("Look at the list of fields.")),
        "field_not_text": (_("A field that must be text is not"), "", _("Write it as text.")),
        "nothing_to_send": (
            _("No answer waits to go back"),
            "",
            _("What went back before can be taken again from the list."),
        ),
    }


def _of_the_interface() -> dict[str, tuple[str, str, str]]:
    return {
        "signature_refused": (
            _("The request was not accepted"),
            _("Its system, signature, time or nonce does not hold."),
            _("Check code, key and clock, and sign each request anew."),
        ),
        "method_wrong": (_("This address takes another method"), "", ""),
        "body_too_large": (_("The request is too large"), "", _("Send fewer orders at a time.")),
        "body_unreadable": (
            _("The request holds no JSON object"),
            _("It must be UTF-8."),
            "",
        ),
        "too_often": (
            _("Too many requests within a minute"),
            "",
            _("Wait a minute and go on."),
        ),
        "list_missing": (_("The request holds no list of this name"), "", ""),
        "list_too_long": (_("The list is too long"), "", _("Send it in parts.")),
        "receipt_unreadable": (
            _("A receipt names number and answered_at"),
            _("Both as they stood in the answer."),
            "",
        ),
        "since_unreadable": (_("That is no moment"), "", _("Write it as 2026-03-12T09:00:00Z.")),
        "api_failed": (
            _("Something went wrong here"),
            _("Nothing of the request was lost: it can be sent again."),
            _("Send it again with a new nonce."),
        ),
    }
