from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "alongside.care.referrals"
    label = "referrals"
    verbose_name = "Referrals"
    default_auto_field = "django.db.models.BigAutoField"
