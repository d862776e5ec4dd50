"""Organisations, posts and certificates: who may act, and by what paper."""

from fengsui.platform.accounts.actions.certificates import (
    CERTIFICATES,
    NewCertificate,
    register_certificate,
    withdraw_certificate,
)
from fengsui.platform.accounts.actions.organisations import (
    ORGANISATIONS,
    EnteredUnit,
    NewOrganisation,
    Why,
    close_organisation,
    create_organisation,
    enter_unit,
)
from fengsui.platform.accounts.actions.posts import (
    POSTS,
    Appointment,
    Leave,
    appoint,
    as_manager,
    end_manager,
    end_managers,
    end_post,
    go_on_leave,
    newcomer,
    return_from_leave,
)

__all__ = [
    "CERTIFICATES",
    "ORGANISATIONS",
    "POSTS",
    "Appointment",
    "EnteredUnit",
    "Leave",
    "NewCertificate",
    "NewOrganisation",
    "Why",
    "appoint",
    "as_manager",
    "close_organisation",
    "create_organisation",
    "end_manager",
    "end_managers",
    "end_post",
    "enter_unit",
    "go_on_leave",
    "newcomer",
    "register_certificate",
    "return_from_leave",
    "withdraw_certificate",
]
