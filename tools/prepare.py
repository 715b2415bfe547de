"""What the portal needs before its servers start, in one process: starting Django five times takes longer than the work.

Prints who can sign in to practise and nothing else, for `tools.run` to show at the end.
"""

import os
from io import StringIO

import django
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isaf_portal.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_standard_lists", stdout=StringIO())
    call_command("seed_practice", stdout=StringIO())
    call_command("seed_practice", show=True)


if __name__ == "__main__":
    main()
