"""Forms in the site's looks: Bootstrap's markup, help and errors tied to their field."""

from django.forms.renderers import TemplatesSetting


class BootstrapRenderer(TemplatesSetting):
    """Draws forms and fields from `templates/forms/`."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
