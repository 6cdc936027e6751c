"""Tells Django to draw every form with our components (`FORM_RENDERER`)."""

from django.forms.renderers import DjangoTemplates

from alongside.web.govuk.bound_field import GovukBoundField


class GovukRenderer(DjangoTemplates):
    """`{{ form }}` becomes its hidden fields and then each field in its order."""

    bound_field_class = GovukBoundField
    form_template_name = "govuk/form.html"
