"""The forms of meetings and what is kept of them, in words."""

from django.utils.translation import gettext as _

from yishi.core.meeting.now import Form
from yishi.core.meeting.rule import Record


def say_form(form: str) -> str:
    """One of the five forms of deliberation, or a meeting of the rhythm (practice G3, C1)."""
    return {
        Form.TALK.value: _("Talk with residents"),
        Form.DELIBERATION.value: _("Deliberation meeting"),
        Form.HEARING.value: _("Democratic hearing"),
        Form.CONSULTATION.value: _("Democratic consultation"),
        Form.APPRAISAL.value: _("Democratic appraisal"),
        Form.JOINT.value: _("Joint meeting"),
        Form.ASSEMBLY.value: _("Assembly or meeting of representatives"),
        Form.REPORT.value: _("Report on deliberation"),
    }.get(form, form)


def say_record(record: str) -> str:
    """What has to be kept of a meeting."""
    return {
        Record.MINUTES.value: _("minutes"),
        Record.SUMMARY.value: _("summary"),
        Record.PHOTO.value: _("photo of the meeting"),
    }.get(record, record)
