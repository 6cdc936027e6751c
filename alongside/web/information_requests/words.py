"""How requests for records are spoken of."""

from alongside.care.information_requests.types import (
    CameBy,
    ComplaintBy,
    Fate,
    Notice,
    Outcome,
    RequestState,
    Section,
    Views,
)

STATES = {
    RequestState.WAITING: "Waiting for who asked",
    RequestState.OPEN: "To prepare",
    RequestState.PREPARED: "To decide",
    RequestState.DECIDED: "To send",
    RequestState.ANSWERED: "Answered",
    RequestState.REFUSED: "Refused",
    RequestState.WITHDRAWN: "Taken back",
}
# How a request stands, for the force that made it.
STANDS = {
    "waiting": "Waiting for you: we told you what it must say",
    "with_us": "With us",
    "answered": "Answered",
    "refused": "Refused",
    "withdrawn": "You took it back",
}
SECTIONS = {
    Section.PURPOSE: "What it is for",
    Section.SCOPE: "Which records",
    Section.GROUNDS: "Why it is needed",
    Section.COUNSELLING: "Counselling notes",
    Section.APPROVAL: "Approved by",
    Section.NOTICE: "Were they told?",
    Section.VIEWS: "What they think of it",
}
CAME_BY = {
    CameBy.LETTER: "Letter",
    CameBy.EMAIL: "E-mail",
    CameBy.PHONE: "Phone",
    CameBy.PORTAL: "A portal",
    CameBy.IN_PERSON: "In person",
}
NOTICES = {
    Notice.GIVEN: "Yes, in writing",
    Notice.WITHHELD: "No, and they say why not",
    Notice.NOT_SAID: "They do not say",
}
VIEWS = {
    Views.AGREES: "They agree",
    Views.PARTLY: "They agree to some of it",
    Views.OBJECTS: "They do not want it",
    Views.NOT_ASKED: "They were not asked",
}
OUTCOMES = {
    Outcome.GIVEN: "All that was asked for is given",
    Outcome.PART: "Some of it is given",
    Outcome.REFUSED: "Nothing is given",
    Outcome.NOTHING_HELD: "We hold none of it",
}
FATES = {
    Fate.GIVE: "Give",
    Fate.WITHHOLD: "Do not give",
    Fate.NOT_HELD: "We hold none",
}
COMPLAINTS = {
    ComplaintBy.PERSON: "The person whose records they are",
    ComplaintBy.ASKER: "Who asked for the records",
}
