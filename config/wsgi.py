import gc
import os

from django.core.wsgi import get_wsgi_application

# Whatever the command that started us uses: the web has no business as the owner.
os.environ["DJANGO_SETTINGS_MODULE"] = "config.web"
application = get_wsgi_application()
# What is loaded now stays as long as the process: to look through it again for what
# could be thrown away would keep somebody waiting for a tenth of a second.
gc.collect()
gc.freeze()
