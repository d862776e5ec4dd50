"""One visit as two officers make it, from the plan to the served order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fengsui.platform import rules
from fengsui.platform.calls import Nothing
from fengsui.platform.documents.actions import Serving
from fengsui.platform.who import Who
from fengsui.reference.photos import taken
from fengsui.reference.player import Player
from fengsui.supervision.actions import forms, hazard, inspection, planning
from fengsui.supervision.lifecycle import Result
from fengsui.supervision.queries import checklist, hazards_found


@dataclass(frozen=True)
class Visit:
    """Who visits which premises, and who receives them."""

    player: Player
    premises: UUID
    lead: Who
    second: Who
    manager: Who

    def plan(self, on: date | None = None) -> UUID:
        """Planned for a day, or the day it is."""
        form = forms.Plan(
            premises=self.premises,
            lead=_post(self.lead),
            second=_post(self.second),
            planned_on=on or rules.local_day(self.player.now),
        )
        return self.player.act(self.lead, planning.plan_inspection, None, form).made

    def make(self, visit: UUID, findings: Iterable[forms.Found], minutes: int) -> list[UUID]:
        """Made, concluded and confirmed by the other officer; the hazards that it left."""
        player, lead = self.player, self.lead
        player.act(lead, inspection.arrive, visit, forms.Place())
        items = {item.code: Result.PASS for item in checklist(rules.local_day(player.now))}
        items["C12"] = Result.NOT_APPLICABLE
        player.act(lead, inspection.record_answers, visit, forms.Answers(answers=items))
        for finding in findings:
            photos = taken(player, lead, finding.code)
            pictured = finding.model_copy(update={"photos": photos})
            player.act(lead, inspection.add_finding, visit, pictured)
        player.now += timedelta(minutes=minutes)
        conclusion = forms.Conclusion(accompanied_by=self.manager.name)
        player.act(lead, inspection.conclude, visit, conclusion)
        player.now += timedelta(minutes=5)
        player.act(self.second, inspection.confirm_record, visit, Nothing())
        return hazards_found(visit)

    def order(self, found: UUID, reason: str) -> None:
        form = hazard.Order(reason=reason)
        self.player.act(self.lead, hazard.order_rectification, found, form)

    def serve(self, found: UUID) -> None:
        receipt = Serving(recipient=self.manager.name)
        self.player.act(self.lead, hazard.serve_order, found, receipt)


def _post(who: Who) -> UUID:
    if who.post_id is None:
        raise LookupError(f"{who.name} holds no post")
    return who.post_id
