#!/usr/bin/env python
"""Run a command of the office: `python manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from unionoffice.databases import trouble

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionoffice.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))  # the sentence says what to write; how we got here helps nobody
    except DatabaseError as error:
        if advice := trouble(error):
            sys.exit(advice)
        raise
