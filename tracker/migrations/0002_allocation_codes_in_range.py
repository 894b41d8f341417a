"""The database refuses codes that mean nothing; rows that hold one go, for `manage.py recalculate` to compute anew."""

from django.db import migrations, models
from django.db.models import Q

CODES = {
    'position': (1, 2147483646),
    'route': (0, 2),
    'reason': (0, 9),
    'shortfall': (0, 6),
    'claim_code': (0, 999),
    'supplementary_cents': (0, 1000000000),
    'basic_cents': (0, 1000000000),
    'deductible_cents': (0, 1000000000),
    'self_cents': (0, 1000000000),
}


def delete_what_means_nothing(apps, schema_editor):
    beyond = Q()
    for name, (low, high) in CODES.items():
        beyond |= Q(**{f'{name}__lt': low}) | Q(**{f'{name}__gt': high})
    apps.get_model('tracker', 'Allocation').objects.filter(beyond).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(delete_what_means_nothing, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('basic_cents__lte', 1000000000), ('deductible_cents__lte', 1000000000), ('self_cents__lte', 1000000000), ('supplementary_cents__lte', 1000000000)), name='allocation_parts_in_range'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('position__isnull', True), models.Q(('position__gte', 1), ('position__lte', 2147483646)), _connector='OR'), name='allocation_position_in_range'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('route__isnull', True), models.Q(('route__gte', 0), ('route__lte', 2)), _connector='OR'), name='allocation_route_in_range'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('reason__isnull', True), models.Q(('reason__gte', 0), ('reason__lte', 9)), _connector='OR'), name='allocation_reason_in_range'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('shortfall__isnull', True), models.Q(('shortfall__gte', 0), ('shortfall__lte', 6)), _connector='OR'), name='allocation_shortfall_in_range'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(('claim_code__isnull', True), models.Q(('claim_code__gte', 0), ('claim_code__lte', 999)), _connector='OR'), name='allocation_claim_code_in_range'),
        ),
    ]
