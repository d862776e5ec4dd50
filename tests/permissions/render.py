"""Write docs/permissions.md from the two tables: `python -m tests.permissions.render`."""

import os

import django

from tests import home


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.settings")
    django.setup()
    home.pytest_configure()
    from tests.permissions import page  # noqa: PLC0415  the registry is filled by now

    page.PAGE.write_text(page.whole(), "utf-8")


if __name__ == "__main__":
    main()
