"""The components as template tags; `templatetags/ui.py` gathers them under one `{% load ui %}`."""
