"""The register's only writers: entering, judging, moving, persons, buildings, declaring, claiming."""

from fengsui.registry.actions.buildings import (
    BUILDINGS,
    BuildingFacts,
    CommonParts,
    Part,
    amend_building,
    name_common_manager,
    place_in_building,
    register_building,
    remove_building,
)
from fengsui.registry.actions.claiming import (
    CLAIM_CODES,
    Claiming,
    Issuing,
    cancel_claim_code,
    claim_premises,
    issue_claim_code,
    renew_door_code,
    use_claim_code,
)
from fengsui.registry.actions.declaring import (
    DECLARATIONS,
    Decision,
    Declaring,
    declare_key,
    decline_key,
    list_key,
    remove_key,
)
from fengsui.registry.actions.moving import (
    Merging,
    Moving,
    absorb,
    close_premises,
    merge_premises,
    move_premises,
    point_on,
)
from fengsui.registry.actions.persons import change_manager, change_responsible
from fengsui.registry.actions.premises import (
    PREMISES_TYPE,
    amend_premises,
    register_premises,
    reveal_premises,
)
from fengsui.registry.actions.standing import OtherClass, reclassify, rejudge
from fengsui.registry.forms import Amendment, Facts, Person, Place, Reason

Closing = Reason

__all__ = [
    "BUILDINGS",
    "CLAIM_CODES",
    "DECLARATIONS",
    "PREMISES_TYPE",
    "Amendment",
    "BuildingFacts",
    "Claiming",
    "Closing",
    "CommonParts",
    "Decision",
    "Declaring",
    "Facts",
    "Issuing",
    "Merging",
    "Moving",
    "OtherClass",
    "Part",
    "Person",
    "Place",
    "Reason",
    "absorb",
    "amend_building",
    "amend_premises",
    "cancel_claim_code",
    "change_manager",
    "change_responsible",
    "claim_premises",
    "close_premises",
    "declare_key",
    "decline_key",
    "issue_claim_code",
    "list_key",
    "merge_premises",
    "move_premises",
    "name_common_manager",
    "place_in_building",
    "point_on",
    "reclassify",
    "register_building",
    "register_premises",
    "rejudge",
    "remove_building",
    "remove_key",
    "renew_door_code",
    "reveal_premises",
    "use_claim_code",
]
