"""委托: a proxy in writing, filed by whoever keeps the record before the vote opens."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.vote.act import HeldVote, act_in
from yishi.core.refusal import Refusal
from yishi.core.vote.casting import file_proxy as decide
from yishi.records.entropy import new_uid
from yishi.records.models import Option, Proxy, Voter


def file_proxy(ask: Ask, vote_uid: str, giver_uid: str, holder_uid: str) -> Done | Refusal:
    """The line `giver_uid` is voted for by the line `holder_uid`. The paper is kept by whoever
    files it. Refuses with `not_found`, `proxies_none`, `roll_closed`, `proxy_many`,
    `proxy_barred`."""

    def do(held: HeldVote) -> Written | Refusal:
        lines = {
            one.uid: one
            for one in Voter.objects.filter(
                vote=held.vote, uid__in=(giver_uid, holder_uid), is_struck=False
            )
        }
        giver, holder = lines.get(giver_uid), lines.get(holder_uid)
        if giver is None or holder is None:
            return Refusal("not_found", have="voter")
        running = Proxy.objects.filter(vote=held.vote, ended_at=None)
        titles = Option.objects.filter(topic_id=held.vote.topic_id)
        bars = {
            "same": giver.pk == holder.pk,
            "given": running.filter(giver=giver).exists(),
            "giver_holds": running.filter(holder=giver).exists(),
            "holder_gave": running.filter(giver=holder).exists(),
            "candidate": titles.filter(title=holder.name).exists(),
        }
        event = decide(held.voting, held.state, running.filter(holder=holder).count(), bars)
        if isinstance(event, Refusal):
            return event
        row = Proxy(
            uid=new_uid(ask.entropy),
            vote=held.vote,
            giver=giver,
            holder=holder,
            filed_by_id=ask.actor.person_id,
            filed_at=ask.now,
        )
        row.save(force_insert=True)
        return Written(event, (row,))

    return act_in(ask, "vote.file_proxy", vote_uid, do)
