"""Keys and tables for a new ground."""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    from fengsui.platform import keys  # noqa: PLC0415  settings must be set up first

    keys.ensure()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
