from django.db.models import Q, QuerySet

from fengsui.platform.imports.lifecycle import State
from fengsui.platform.imports.models import Intake
from fengsui.platform.who import REGISTRARS, PostKind, Who


def intakes_for(who: Who) -> QuerySet[Intake]:
    """Those who import act on them inside the import; nobody has a page of them."""
    if who.kind in (*REGISTRARS, PostKind.CLOCK):
        return Intake.objects.all()
    return Intake.objects.none()


def counting(column: str = "intake") -> Q:
    """Rows that count: entered singly, or in an intake that has been accepted."""
    waiting = Intake.objects.filter(state=State.OPEN).values("id")
    return Q(**{column: None}) | ~Q(**{f"{column}__in": waiting})
