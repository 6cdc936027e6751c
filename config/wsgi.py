import os

from django.core.wsgi import get_wsgi_application

# Whatever the command that started us uses: the web has no business as the owner.
os.environ["DJANGO_SETTINGS_MODULE"] = "config.web"
application = get_wsgi_application()
