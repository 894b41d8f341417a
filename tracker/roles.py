"""Who may see and do what, as one table. Imports nothing, so that everything else can ask it."""

PATIENT = "patient"
PHYSIOTHERAPIST = "physiotherapist"
FRONT_DESK = "front_desk"
MANAGER = "manager"

#: The roles a member of a practice can have.
STAFF = (PHYSIOTHERAPIST, FRONT_DESK, MANAGER)

#: What each role may do; which rows it may do it with is what `visible_to` and `changeable_by` say.
MAY = {
    PATIENT: {
        "see_own_year",
        "log_session",
        "change_policy",
        "question_session",
        "change_record",
        "hand_in_bill",
        "put_aside",
        "choose_mail",
    },
    PHYSIOTHERAPIST: {"see_day", "record_visit", "see_coverage", "question_session", "hand_in_bill", "invite_patient"},
    FRONT_DESK: {"see_day", "record_visit", "see_coverage", "question_session", "hand_in_bill", "invite_patient"},
    MANAGER: {"see_day", "record_visit", "see_coverage", "question_session", "hand_in_bill", "invite_patient"},
}


def may(role: str, deed: str) -> bool:
    """Whether a role may do a deed; an unknown role may do nothing."""
    return deed in MAY.get(role, set())
