"""What the production server serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from mentoring.busy import wait_at_most

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
application = get_wsgi_application()
wait_at_most(settings.LOCK_SECONDS, connection.settings_dict)
