from django.apps import AppConfig


class InformationRightsConfig(AppConfig):
    name = "alongside.care.information_rights"
    label = "rights"
    verbose_name = "People's rights over their information"
    default_auto_field = "django.db.models.BigAutoField"
