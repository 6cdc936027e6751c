"""The ways each right may go, written by hand from the reference, not by the code.

For each kind: ways that come to an end, one step after another, and pairs of steps of
which the second never follows the first ("" is before the first step).
"""

WAYS = {
    "interpreter": [
        "asked arranged used",
        "asked arranged fell_through arranged used",
        "asked refused",
        "asked no_longer",
    ],
    "officer_gender": ["asked agreed done", "asked agreed not_done", "asked refused"],
    "compensation_order": [
        "told listed passed_on ordered part_paid part_paid paid",
        "ordered written_off",
        "listed refused",
        "not_wanted",
    ],
    "criminal_injuries": [
        "told claimed awarded accepted",
        "claimed refused review review_refused appealed allowed",
        "claimed refused left",
        "claimed withdrawn",
        "not_wanted",
    ],
    "vrr_police": [
        "asked acknowledged upheld",
        "asked acknowledged overturned",
        "asked overturned",
        "asked acknowledged too_late",
        "asked refused",
        "asked withdrawn",
    ],
    "vrr_cps": [
        "asked local_changed",
        "asked local_stands upheld",
        "asked local_stands overturned",
        "asked local_stands too_late",
        "asked refused",
        "asked local_stands withdrawn",
    ],
    "prosecutor_meeting": [
        "offered arranged held",
        "offered declined",
        "asked refused",
        "asked arranged arranged held",
    ],
    "vps": [
        "offered made updated considered",
        "declined offered made considered",
        "made lapsed",
        "declined lapsed",
    ],
    "impact_statement": ["offered made updated considered", "declined lapsed"],
    "special_measures": [
        "discussed wanted passed_on applied granted told in_place",
        "wanted applied refused told_refused",
        "wanted applied granted told not_in_place",
        "wanted applied refused applied granted in_place",
        "not_wanted",
    ],
    "court_visit": [
        "offered booked done",
        "booked missed booked done",
        "offered declined",
        "booked missed lapsed",
    ],
    "dates_to_avoid": [
        "given passed_on noted",
        "given passed_on listed_anyway moved",
        "given passed_on listed_anyway stands",
        "given no_longer",
    ],
    "court_day": [
        "expected attended",
        "expected not_needed",
        "expected did_not_come",
        "attended",
    ],
    "lenient_sentence": [
        "asked referred raised",
        "asked referred stands",
        "asked not_referred",
        "asked withdrawn",
    ],
    "expenses": [
        "claimed paid",
        "claimed sent_back claimed paid",
        "claimed refused",
        "claimed sent_back withdrawn",
    ],
    "property": [
        "taken kept kept not_needed returned",
        "taken not_returned",
        "taken returned",
    ],
    "contact_scheme": [
        "referred contacted joined told conditions_asked conditions_answered over",
        "referred contacted left joined parole_statement parole_heard told over",
        "joined left over",
    ],
    "complaint": [
        "received acknowledged answered content",
        "received answered next_stage answered ombudsman ombudsman_answered",
        "received withdrawn",
    ],
}
NEVER = {
    "interpreter": [("", "used"), ("refused", "arranged"), ("asked", "used")],
    "officer_gender": [("", "agreed"), ("asked", "done"), ("done", "asked")],
    "compensation_order": [("", "paid"), ("paid", "part_paid"), ("refused", "paid")],
    "criminal_injuries": [("", "awarded"), ("refused", "appealed"), ("told", "review")],
    "vrr_police": [("", "acknowledged"), ("upheld", "overturned"), ("upheld", "asked")],
    "vrr_cps": [("", "upheld"), ("local_changed", "upheld"), ("upheld", "asked")],
    "prosecutor_meeting": [("", "held"), ("offered", "refused"), ("held", "arranged")],
    "vps": [("", "considered"), ("offered", "updated"), ("considered", "updated")],
    "impact_statement": [("", "updated"), ("declined", "considered")],
    "special_measures": [("", "granted"), ("wanted", "granted"), ("applied", "told")],
    "court_visit": [("", "done"), ("offered", "done"), ("done", "booked")],
    "dates_to_avoid": [("", "noted"), ("given", "noted"), ("noted", "moved")],
    "court_day": [("", "not_needed"), ("attended", "expected")],
    "lenient_sentence": [("", "raised"), ("asked", "raised"), ("stands", "asked")],
    "expenses": [("", "paid"), ("paid", "claimed"), ("sent_back", "paid")],
    "property": [("", "returned"), ("returned", "taken")],
    "contact_scheme": [
        *(("", "told"), ("left", "told"), ("contacted", "told")),
        ("over", "joined"),
    ],
    "complaint": [
        ("", "ombudsman"),
        ("received", "ombudsman"),
        ("content", "answered"),
    ],
}
# Kind, step -> the trigger it is; kind, step -> the limits it shows to be kept.
STARTS = {
    ("vrr_police", "asked"): "review_requested_police",
    ("vrr_cps", "asked"): "review_requested_cps",
    ("expenses", "claimed"): "expenses_claimed",
    ("contact_scheme", "referred"): "contact_scheme_referral",
    ("complaint", "received"): "complaint_received",
}
KEEPS = {
    ("vrr_police", "acknowledged"): {"R06-VRRPOLICE-ACK"},
    ("vrr_police", "overturned"): {"R06-VRRPOLICE-ACK", "R06-VRRPOLICE-DECIDE"},
    ("vrr_cps", "local_stands"): {"R06-VRRCPS-LOCAL"},
    ("vrr_cps", "upheld"): {"R06-VRRCPS-LOCAL", "R06-VRRCPS-DECIDE"},
    ("expenses", "paid"): {"R10-EXP"},
    ("contact_scheme", "referred"): {"R11-VCSREF"},
    ("contact_scheme", "contacted"): {"R11-VLO"},
    ("complaint", "acknowledged"): {"R12-COMPL"},
    ("criminal_injuries", "claimed"): {"R05-COMP"},
    ("lenient_sentence", "asked"): {"R09-ULS"},
    ("vps", "offered"): {"R07-VPS"},
    ("property", "returned"): {"R10-PROP"},
}
