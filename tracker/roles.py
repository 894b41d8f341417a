"""Who may see and do what, as one table. Imports nothing, so that everything else can ask it."""

PATIENT = "patient"
PHYSIOTHERAPIST = "physiotherapist"
FRONT_DESK = "front_desk"
MANAGER = "manager"

#: The roles a member of a practice can have.
STAFF = (PHYSIOTHERAPIST, FRONT_DESK, MANAGER)

#: What everybody who works at a practice may do for its patients.
AT_A_PRACTICE = {
    "see_day",
    "record_visit",
    "see_coverage",
    "question_session",
    "hand_in_bill",
    "note_referral",
    "invite_patient",
}

#: What each role may do; which rows it may do it with is what `visible_to` and `changeable_by` say.
MAY = {
    PATIENT: {
        "see_own_year",
        "log_session",
        "change_policy",
        "question_session",
        "change_record",
        "hand_in_bill",
        "note_referral",
        "put_aside",
        "choose_mail",
    },
    PHYSIOTHERAPIST: AT_A_PRACTICE,
    FRONT_DESK: AT_A_PRACTICE,
    MANAGER: AT_A_PRACTICE,
}


def may(role: str, deed: str) -> bool:
    """Whether a role may do a deed; an unknown role may do nothing."""
    return deed in MAY.get(role, set())
