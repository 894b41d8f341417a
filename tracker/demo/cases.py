"""People with a part of their own: one for each reason and shortfall the rules know."""

import datetime as dt

from reimbursement import Status
from tracker.models.care import Regime, Service, TermReading

from . import shapes
from .drafts import Care, Person, Visit, ago, days, operation, plan


#: The term is over: what was basic care is for the package again, and that is too small.
def term_over(on: dt.date) -> Person:
    operated_on = ago(on, 420)
    visits = [Visit(day) for day in days(operated_on, *range(45, 415, 12))]
    return Person(
        "Gerda Hoogland",
        dt.date(1949, 11, 30),
        "Molenweg 3",
        "Nieuwegein",
        insurer="3311",
        care=[operation(operated_on)],
        policies=shapes.policies(operated_on, on.year + 1, shapes.sessions(6)),
        visits=visits + plan(on, 3, 10),
    )


#: Sessions before the operation are ordinary ones; the insurer counts the term from going home.
def before_operation(on: dt.date) -> Person:
    operated_on = ago(on, 60)
    before = days(operated_on, -40, -33, -26)
    after = [Visit(operated_on + dt.timedelta(days=35), service=Service.INTAKE), *map(Visit, days(operated_on, 42, 52))]
    return Person(
        "Kees Zwart",
        dt.date(1966, 7, 8),
        "Parkweg 21",
        "Houten",
        insurer="7085",
        care=[operation(operated_on, reading=TermReading.GOING_HOME)],
        policies=shapes.policies(before[0], on.year + 1, shapes.sessions(9)),
        visits=[*map(Visit, before), *after, *plan(on, 0, 7, 14, at=dt.time(13, 0))],
    )


#: No package: every one of the first 20 is paid by the patient; a shoulder is another complaint.
def no_package(on: dt.date) -> Person:
    operated_on = ago(on, 150)
    visits = [Visit(day) for day in days(operated_on, *range(44, 146, 9))]
    shoulder = [Visit(day, episode=None, service=Service.MANUAL) for day in days(operated_on, 60, 74)]
    return Person(
        "Ans Kuiper",
        dt.date(1954, 4, 17),
        "Lindelaan 8",
        "Nieuwegein",
        insurer="0101",
        care=[operation(operated_on)],
        policies=shapes.policies(operated_on, on.year + 1, shapes.NONE),
        visits=[*visits, *shoulder, *plan(on, 0, 9, at=dt.time(14, 0))],
    )


#: Nobody filled in the insurance: policy unknown, within the first 20 and after them.
def no_policy(on: dt.date) -> Person:
    operated_on = ago(on, 240)
    visits = [Visit(day) for day in days(operated_on, *range(40, 236, 8))]
    return Person(
        "Hassan Benali",
        dt.date(1975, 1, 22),
        "Handelskade 40",
        "Nieuwegein",
        care=[Care(operated_on, discharged_on=operated_on + dt.timedelta(days=4))],
        visits=visits + plan(on, 1, 8),
    )


#: A package with an amount: the euros run out in the middle of a session.
def euros_used_up(on: dt.date) -> Person:
    operated_on = ago(on, 170)
    visits = [Visit(day) for day in days(operated_on, *range(45, 165, 8))]
    policies = shapes.policies(operated_on, on.year + 1, {"supplementary_cents": 250_00, "supplementary_percent": 100})
    return Person(
        "Truus Wagenaar",
        dt.date(1951, 3, 5),
        "Schoolstraat 15",
        "IJsselstein",
        insurer="3406",
        care=[operation(operated_on, sessions_before=2, first_before_on=operated_on + dt.timedelta(days=20))],
        policies=policies,
        visits=visits + plan(on, 2, 9),
    )


#: An insurer without a contract: a share of the package, then a share of the reference rate.
def no_contract(on: dt.date) -> Person:
    operated_on = ago(on, 300)
    visits = [Visit(day) for day in days(operated_on, *range(43, 295, 9))]
    terms = shapes.sessions(12, supplementary_noncontracted_percent=75)
    terms |= {"basic_noncontracted_percent": 75, "basic_max_cents": 42_00}
    return Person(
        "Marcel Dubois",
        dt.date(1969, 12, 1),
        "Muntplein 6",
        "Nieuwegein",
        insurer="3406",
        care=[operation(operated_on, reading=TermReading.FIRST_SESSION)],
        policies=shapes.policies_used(operated_on.year, on.year, terms, deductible_used_cents=322_00),
        visits=visits + plan(on, 0, 7, 14, at=dt.time(15, 0)),
    )


#: A number of its own for the first 20, of which nine are used up; two complaints.
def own_number(on: dt.date) -> Person:
    operated_on = ago(on, 130)
    visits = [Visit(day) for day in days(operated_on, *range(42, 128, 7))]
    knee = [Visit(day, episode=None) for day in days(operated_on, 50, 64)]
    terms = shapes.sessions(4, supplementary_first_sessions=9)
    return Person(
        "Rob Elzinga",
        dt.date(1980, 8, 19),
        "Singel 77",
        "Utrecht",
        insurer="3333",
        care=[operation(operated_on)],
        policies=shapes.policies(operated_on, on.year + 1, terms),
        visits=[*visits, *knee, *plan(on, 1, 8, 15)],
    )


#: Fifteen years old: basic care from the first session, without a deductible.
def child_operated(on: dt.date) -> Person:
    operated_on = ago(on, 90)
    return Person(
        "Sem Verbruggen",
        ago(on, 365 * 15 + 40),
        "Wilgenstraat 2",
        "Nieuwegein",
        insurer="3358",
        care=[operation(operated_on, procedure="Correctie scoliose Th4-L2", dcsph_code="3905")],
        policies={year: dict(shapes.NONE) for year in range(operated_on.year, on.year + 2)},
        visits=[*map(Visit, days(operated_on, *range(40, 86, 5))), *plan(on, 0, 7, at=dt.time(15, 45))],
    )


#: Twelve years old with a complaint that is not listed: 18 sessions a year are basic care.
def child_other_complaint(on: dt.date) -> Person:
    had = days(on, *range(-95, -1, 5))
    return Person(
        "Lieke van Rossum",
        ago(on, 365 * 12 + 100),
        "Eikenlaan 31",
        "Vianen",
        practice=2,
        insurer="3332",
        policies={year: shapes.sessions(6) for year in (on.year - 1, on.year, on.year + 1)},
        visits=[*(Visit(day, episode=None) for day in had), *plan(on, 2)],
    )


#: Eighteen since last month: the deductible in proportion, and the first 20 from then on.
def just_eighteen(on: dt.date) -> Person:
    operated_on = ago(on, 260)
    birthday = ago(on, 50)
    born_on = birthday.replace(year=birthday.year - 18, day=min(birthday.day, 28))
    return Person(
        "Daniël Okafor",
        born_on,
        "Zandveld 9",
        "Nieuwegein",
        insurer="9664",
        care=[operation(operated_on)],
        policies={year: shapes.sessions(6) for year in range(operated_on.year, on.year + 2)},
        visits=[*map(Visit, days(operated_on, *range(40, 256, 8))), *plan(on, 4, 11)],
    )


#: Arthrosis of the knee beside the back: twelve sessions are basic care, the thirteenth is not.
def beyond_maximum(on: dt.date) -> Person:
    began_on = ago(on, 160)
    return Person(
        "Willemijn ter Horst",
        dt.date(1957, 6, 26),
        "Julianalaan 19",
        "Jutphaas",
        insurer="3311",
        care=[
            Care(began_on, regime=Regime.ARTHROSIS, procedure="Artrose knie", dcsph_code="7023", referred_on=began_on)
        ],
        policies=shapes.policies(began_on, on.year + 1, shapes.sessions(9)),
        visits=[*map(Visit, days(began_on, *range(10, 155, 10))), *plan(on, 3, 17)],
    )


#: A no-show, a cancelled one, one planned that nobody recorded, a home visit without medical need, two on a day.
def untidy(on: dt.date) -> Person:
    operated_on = ago(on, 110)
    at = days(operated_on, 40, 47, 54, 61, 68, 75, 82, 89)
    visits = [
        Visit(at[0], service=Service.INTAKE),
        Visit(at[0]),
        Visit(at[1]),
        Visit(at[2], Status.NO_SHOW),
        Visit(at[3]),
        Visit(at[4], Status.CANCELLED),
        Visit(at[5], home_visit=True, medical_need=False),
        Visit(at[6], Status.PLANNED),
        Visit(at[7]),
    ]
    return Person(
        "Peter Achterberg",
        dt.date(1963, 10, 9),
        "Achterweg 55",
        "Nieuwegein",
        insurer="3351",
        care=[operation(operated_on)],
        policies=shapes.policies(operated_on, on.year + 1, shapes.sessions(9)),
        visits=visits + plan(on, 0, 7, at=dt.time(16, 15)),
    )


#: Operated twice: two indications with 20 each; treated at two practices.
def operated_twice(on: dt.date) -> Person:
    first, second = ago(on, 330), ago(on, 120)
    visits = [Visit(day, episode=0, practice=1) for day in days(first, *range(45, 200, 7))]
    visits += [Visit(day, episode=1) for day in days(second, *range(42, 118, 9))]
    planned = plan(on, 0, 7, 14, at=dt.time(11, 45))
    for visit in planned:
        visit.episode = 1
    return Person(
        "Bea Lammers",
        dt.date(1960, 1, 14),
        "Kanaalweg 102",
        "Utrecht",
        insurer="3313",
        care=[operation(first), operation(second, procedure="Spondylodese L3-L4")],
        policies=shapes.policies(first, on.year + 1, shapes.sessions(27)),
        visits=visits + planned,
    )


#: Many sessions and the deductible used up: basic insurance pays all of it.
def basic_pays_all(on: dt.date) -> Person:
    operated_on = ago(on, 190)
    return Person(
        "Jan-Willem Steenbergen",
        dt.date(1947, 5, 4),
        "Herenstraat 1",
        "Nieuwegein",
        insurer="7095",
        care=[operation(operated_on, procedure="Thoracale fixatie", dcsph_code="3205")],
        policies=shapes.policies_used(
            operated_on.year, on.year, shapes.sessions(12), deductible_used_cents=shapes.USED_UP
        ),
        visits=[*map(Visit, days(operated_on, *range(35, 188, 5))), *plan(on, 0, 4, 7, at=dt.time(8, 30))],
    )
