"""What gunicorn serves in the leak test."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.support.leaking.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
