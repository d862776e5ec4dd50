"""`{% load ui %}`: every component of the house."""

from fengsui.web.ui.tags import atoms, blocks, forms, lists, phone, records
from fengsui.web.ui.tags.library import register

__all__ = ["atoms", "blocks", "forms", "lists", "phone", "records", "register"]
