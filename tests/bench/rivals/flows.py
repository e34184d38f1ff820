"""The flow of six tasks; viewflow wants it in a module of an installed app."""

from viewflow import this
from viewflow.workflow import flow


class Four(flow.Flow):  # type: ignore[misc]
    """The first six stages of the four deliberations."""

    start = flow.StartHandle().Next(this.to_propose)
    to_propose = flow.Handle(this.kept).Next(this.to_discuss)
    to_discuss = flow.Handle(this.kept).Next(this.to_review)
    to_review = flow.Handle(this.kept).Next(this.to_resolve)
    to_resolve = flow.Handle(this.kept).Next(this.to_notice)
    to_notice = flow.Handle(this.kept).Next(this.to_carry_out)
    to_carry_out = flow.Handle(this.kept).Next(this.end)
    end = flow.End()

    def kept(self, activation, **facts):  # type: ignore[no-untyped-def]
        activation.process.data = {**(activation.process.data or {}), **facts}
        activation.process.save()
