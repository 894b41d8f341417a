import datetime as dt

import django.core.validators
from django.db import migrations, models

#: The compulsory deductible of every year when this was written, the last known amount included; and what is added.
COMPULSORY_CENTS = 385_00
VOLUNTARY_CENTS = (100_00, 200_00, 300_00, 400_00, 500_00)


def begins_on(born_on):
    """The first of the month after the eighteenth birthday's; of somebody born on 29 February that is 1 March."""
    months = (born_on.year + 18) * 12 + born_on.month + ((born_on.month, born_on.day) == (2, 29))
    return dt.date(months // 12, months % 12 + 1, 1)


def compulsory_cents(born_on, year):
    """In proportion in the year it begins, rounded half up to whole euros; 0 before."""
    begins = begins_on(born_on) if born_on else dt.date(1, 1, 1)
    if begins.year != year:
        return COMPULSORY_CENTS if begins.year < year else 0
    days = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    left = (dt.date(year + 1, 1, 1) - begins).days
    return (2 * COMPULSORY_CENTS * left + 100 * days) // (200 * days) * 100


def take_apart(apps, schema_editor):
    """A sum of the compulsory deductible and hundreds is what was chosen on top; another amount stays as it stands."""
    policies = apps.get_model("tracker", "Policy").objects.filter(deductible_cents__isnull=False)
    for pk, cents, born_on, year in list(policies.values_list("pk", "deductible_cents", "patient__born_on", "year")):
        voluntary = cents - compulsory_cents(born_on, year)
        if voluntary in VOLUNTARY_CENTS:
            policies.filter(pk=pk).update(deductible_cents=None, voluntary_cents=voluntary)


def add_up(apps, schema_editor):
    policies = apps.get_model("tracker", "Policy").objects.filter(voluntary_cents__gt=0)
    for pk, cents, born_on, year in list(policies.values_list("pk", "voluntary_cents", "patient__born_on", "year")):
        whole = compulsory_cents(born_on, year) + cents
        policies.filter(pk=pk).update(deductible_cents=whole, voluntary_cents=0)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0010_told_on")]

    operations = [
        migrations.AddField(
            "policy",
            "voluntary_cents",
            models.PositiveIntegerField(
                default=0,
                validators=[django.core.validators.MaxValueValidator(1000000000)],
                verbose_name="voluntary deductible on top of the compulsory one",
            ),
        ),
        migrations.RunPython(take_apart, add_up),
        migrations.AddConstraint(
            "policy",
            models.CheckConstraint(
                condition=models.Q(("deductible_cents__isnull", True), ("voluntary_cents", 0), _connector="OR"),
                name="policy_deductible_said_once",
            ),
        ),
    ]
