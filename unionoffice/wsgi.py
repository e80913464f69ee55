"""The entry that gunicorn serves: `gunicorn unionoffice.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionoffice.settings")
application = get_wsgi_application()
