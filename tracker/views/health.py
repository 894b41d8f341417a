"""Whether the site can do its work: for a load balancer or a monitor, not for people."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database can be read and every migration is applied, else 503; says which."""
    try:
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"database": False, "migrations": None}, status=503)
    return JsonResponse({"database": True, "migrations": not pending}, status=503 if pending else 200)
