"""Telling people: in the app, by mail, by an HTTP gateway; sent, delivered, seen."""
