"""Every address of the site: one module an audience."""

from django.urls import include, path

from tracker.views import account

urlpatterns = [
    path("accounts/email/", account.change_address, name="account_email"),
    path("accounts/confirm-email/<str:key>/", account.confirm_address, name="account_confirm_email"),
    path("accounts/", include("allauth.urls")),
    path("", include("tracker.urls")),
]
handler400 = "tracker.views.errors.bad_request"
handler403 = "tracker.views.errors.forbidden"
handler404 = "tracker.views.errors.not_found"
handler429 = "tracker.views.errors.too_many"
handler500 = "tracker.views.errors.server_error"
