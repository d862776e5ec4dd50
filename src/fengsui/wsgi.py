"""The application for a web server: pages, and the static files beside them."""

import os

import django
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler

from fengsui.platform.logs import begin

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.settings")
django.setup(set_prefix=False)
begin("web")

# Static files come from the packages themselves: no collecting, no web server beside ours needed.
application = StaticFilesHandler(WSGIHandler())
