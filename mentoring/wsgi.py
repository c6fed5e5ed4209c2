"""What the production server serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from mentoring.page_connections import connect_for_pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
application = get_wsgi_application()
connect_for_pages(connection.settings_dict)
