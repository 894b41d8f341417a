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
    path("sessions/<uuid:client_id>/bill/", patient.bill, name="bill"),
    path("warnings/", patient.warnings, name="warnings"),
    path("warnings/aside/", patient.aside, name="aside"),
    path("warnings/bills/", patient.bills, name="bills"),
    path("mail/", patient.mail, name="mail"),
    path("referral/<uuid:uid>/", patient.referral, name="referral"),
    path("plan/", patient.plan, name="plan"),
    path("plan/new/", patient.plan_series, name="plan_series"),
    path("plan/<uuid:client_id>/", patient.planned, name="planned"),
    path("forecast/", patient.forecast, name="forecast"),
    path("way-back/", patient.way_back, name="way_back"),
    path("insurance/", patient.policies, name="policies"),
    path("insurance/<int:year>/", patient.policy, name="policy"),
    path("insurance/<int:year>/copy/", patient.copy, name="copy"),
    path("insurance/<int:year>/compare/", patient.compare, name="compare"),
    path("insurance/<int:year>/elsewhere/", patient.used_elsewhere, name="used_elsewhere"),
]

physiotherapist_urls = [
    path("", physiotherapist.day, name="day"),
    path("<uuid:uid>/sessions/", physiotherapist.sessions, name="sessions"),
    path("<uuid:uid>/record/", physiotherapist.record, name="record"),
    path("<uuid:uid>/plan/", physiotherapist.plan, name="plan"),
    path("sessions/<uuid:client_id>/", physiotherapist.session, name="session"),
    path("sessions/<uuid:client_id>/correct/", physiotherapist.correct, name="correct"),
    path("sessions/<uuid:client_id>/cancel/", physiotherapist.cancel, name="cancel"),
    path("sessions/<uuid:client_id>/question/", physiotherapist.question, name="question"),
    path("sessions/<uuid:client_id>/settle/", physiotherapist.settle, name="settle"),
    path("sessions/<uuid:client_id>/bill/", physiotherapist.bill, name="bill"),
]

front_desk_urls = [
    path("", front_desk.search, name="search"),
    path("<uuid:uid>/", front_desk.coverage, name="coverage"),
    path("referral/<uuid:uid>/", front_desk.referral, name="referral"),
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
    path("demo/mail/", account.demo_mail, name="demo_mail"),
    path("mail/stop/<str:token>/", account.stop_mail, name="stop_mail"),
    path("language/", account.set_language, name="set_language"),
    path("healthz", health.healthz, name="healthz"),
]
