"""By what premises and buildings are found."""

from fengsui.platform.fields import sealed_phone
from fengsui.platform.search.declared import Found, found_by
from fengsui.platform.who import PostKind
from fengsui.registry.models import Building, Premises

# Who may look at the phones of those who answer for a place finds the place by them.
PHONES_OF = frozenset({PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD, PostKind.PREMISES_MANAGER})


def found_premises(premises: Premises) -> Found:
    return Found(
        names=(premises.name,),
        texts=(premises.address, premises.credit_code, premises.category),
        phones=(sealed_phone(premises.responsible_phone), sealed_phone(premises.manager_phone)),
        regions=(premises.region,),
        units=(premises.unit_id,),
    )


def _building(building: Building) -> Found:
    return Found(names=(building.name,), texts=(building.address,), regions=(building.region,))


PREMISES_FOUND_BY = found_by(
    found_premises,
    *(
        "name",
        "address",
        "credit_code",
        "category",
        "region",
        "unit",
        "responsible_phone",
        "manager_phone",
    ),
    phones_of=PHONES_OF,
)
BUILDINGS_FOUND_BY = found_by(_building, "name", "address", "region")
