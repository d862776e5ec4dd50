"""Premises, households, organisations: what is inspected and cared for."""
