from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "alongside.foundation.organisations"
    label = "organisations"
    verbose_name = "Organisations"
    default_auto_field = "django.db.models.BigAutoField"
