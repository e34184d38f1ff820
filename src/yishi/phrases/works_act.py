"""The acts on the works of a project in a few words, as the public record has them."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Act → what was done."""
    return {
        "project.contract": _("Works given out by contract"),
        "project.build_selves": _("Works begun by the residents themselves"),
        "project.plan_milestones": _("Steps of the works planned"),
        "project.reach_milestone": _("Step of the works done"),
        "project.ask_change": _("Change of a project's cost asked for"),
        "project.decide_change": _("Change of a project's cost decided"),
        "project.lower_pledge": _("Share of a project's cost lowered"),
        "project.watch": _("Looked on at the works"),
        "project.report_built": _("Project reported as built"),
        "project.accept": _("Project inspected"),
        "project.settle": _("Final account of a project reviewed"),
        "project.hand_over": _("Project handed to whoever looks after it"),
        "project.take_over": _("Project taken over to be looked after"),
        "project.stop": _("Project stopped"),
        "project.score": _("Project scored"),
        "project.report_defect": _("Defect of a project reported"),
    }
