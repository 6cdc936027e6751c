from django.apps import AppConfig


class TellingConfig(AppConfig):
    name = "alongside.care.telling"
    label = "telling"
    verbose_name = "Telling"
    default_auto_field = "django.db.models.BigAutoField"
