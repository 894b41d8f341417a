"""The site's addresses, one group an audience. Opaque ids only; a stranger gets 404."""

from django.urls import include, path

from tracker.views import account, beginning, front_desk, health, patient, physiotherapist, rules

patient_urls = [
    path("", patient.overview, name="overview"),
    path("sessions/", patient.sessions, name="sessions"),
    path("log/", patient.log, name="log"),
    path("sessions/<uuid:client_id>/", patient.session, name="session"),
    path("sessions/<uuid:client_id>/correct/", patient.correct, name="correct"),
    path("sessions/<uuid:client_id>/cancel/", patient.cancel, name="cancel"),
    path("sessions/<uuid:client_id>/question/", patient.question, name="question"),
    path("sessions/<uuid:client_id>/settle/", patient.settle, name="settle"),
    path("about/", patient.about, name="about"),
    path("about/complaint/", patient.complaint, name="complaint"),
    path("about/operations/<uuid:uid>/", patient.episode, name="episode"),
    path("insurance/", patient.policies, name="policies"),
    path("insurance/<int:year>/", patient.policy, name="policy"),
]

physiotherapist_urls = [
    path("", physiotherapist.day, name="day"),
    path("<uuid:uid>/sessions/", physiotherapist.sessions, name="sessions"),
    path("<uuid:uid>/record/", physiotherapist.record, name="record"),
    path("sessions/<uuid:client_id>/", physiotherapist.session, name="session"),
    path("sessions/<uuid:client_id>/correct/", physiotherapist.correct, name="correct"),
    path("sessions/<uuid:client_id>/cancel/", physiotherapist.cancel, name="cancel"),
    path("sessions/<uuid:client_id>/question/", physiotherapist.question, name="question"),
    path("sessions/<uuid:client_id>/settle/", physiotherapist.settle, name="settle"),
]

front_desk_urls = [
    path("", front_desk.search, name="search"),
    path("<uuid:uid>/", front_desk.coverage, name="coverage"),
    path("<uuid:uid>/invite/", front_desk.make_invitation, name="invite"),
    path("<uuid:uid>/invitation/", front_desk.invitation, name="invitation"),
]

begin_urls = [
    path("begin/", beginning.start, name="start"),
    path("begin/account/", beginning.account, name="account"),
    path("begin/confirm/", beginning.confirm, name="confirm"),
    path("begin/confirm/again/", beginning.send_again, name="send_again"),
    path("begin/<slug:name>/", beginning.question, name="question"),
    path("join/", beginning.join, name="join"),
    path("join/same/", beginning.same, name="same"),
    path("join/<slug:code>/", beginning.code_link, name="code_link"),
]

urlpatterns = [
    path("", account.home, name="home"),
    path("year/", include((patient_urls, "patient"))),
    path("day/", include((physiotherapist_urls, "physiotherapist"))),
    path("desk/", include((front_desk_urls, "front_desk"))),
    path("", include((begin_urls, "begin"))),
    path("rules/", rules.rules, name="rules"),
    path("demo/", account.demo_sign_in, name="demo_sign_in"),
    path("language/", account.set_language, name="set_language"),
    path("healthz", health.healthz, name="healthz"),
]
