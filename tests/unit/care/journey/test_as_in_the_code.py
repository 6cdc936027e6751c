"""Each promise against what was read of the Code: who owes what, from when, to whom.

The table is written by hand from the papers named in the rows of `deadlines.toml`; how
many days there are is in `tests/data/deadline-cases.csv`. A line holds for each version
of the Code that it names, and no version is in force that it does not.
"""

import pytest

from alongside.care.journey.tables import RULES

CODES = {  # in force from the day, until the next
    "2006": ("2006-04-03", "2013-12-10"),
    "2013": ("2013-12-10", "2015-11-16"),
    "2015": ("2015-11-16", "2021-04-01"),
    "2020": ("2021-04-01", None),
}
EVERY, SINCE_2013, SINCE_2015 = "2006 2013 2015 2020", "2013 2015 2020", "2015 2020"
HOMICIDE = "fatal_collision homicide"
AT_RISK = (
    "child_abuse child_sexual_exploitation domestic_abuse honour_based sexual stalking"
)
GRAVE = "Sexual offences, Violence against the person"
NO_SAFE_WAY = "asked_not_to_be_told uncontactable unsafe_to_contact"
# code; codes of practice; kind; right; owed by; counted from; kept when; to whom;
# standard, enhanced; not owed if
AS_READ = f"""
R01-INTERP     | {SINCE_2015} | standing | 1 | police | reported_at | offered_on | all_victims | - | - |
R02-GENDER     | {SINCE_2015} | standing | 2 | police | reported_at | offered_on | all_victims | - | - |
R03-ACK        | {SINCE_2015} | promise | 3 | police | reported_at | acknowledged_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R03-SAFE       | {SINCE_2015} | standing | 3 | police | reported_at | told_on | all_victims | - | - | {NO_SAFE_WAY}
R03-RJINFO     | {SINCE_2013} | standing | 3 | police | reported_at | told_on | all_victims | - | - | {NO_SAFE_WAY}
R04-NEEDS      | {SINCE_2013} | standing | 4 | police | reported_at | assessed_on | all_victims | - | - |
R04-REFER      | {EVERY} | promise | 4 | police | reported_at | received_at | all_victims | 2 working_days | 2 working_days |
R04-WCUNEEDS   | {SINCE_2013} | standing | 4 | wcu | received_at | assessed_on | witnesses | - | - | {NO_SAFE_WAY}
R05-COMPTELL   | {SINCE_2013} | standing | 5 | police | reported_at | told_on | all_victims | - | - | {NO_SAFE_WAY}
R06-NOINV      | {EVERY} | promise | 6 | police | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-ARREST     | {EVERY} | promise | 6 | police | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-INTERVIEW  | {SINCE_2013} | promise | 6 | police | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-RELNC      | {EVERY} | promise | 6 | police | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-BAIL       | {EVERY} | promise | 6 | police | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-FREQ       | 2006 | frequency | 6 | police | reported_at | told_on | all_victims | 1 months | 1 months | {NO_SAFE_WAY}
R06-FREQ       | {SINCE_2013} | frequency | 6 | police | reported_at | told_on | all_victims | - | - | {NO_SAFE_WAY}
R06-OOCDVIEW   | {SINCE_2013} | standing | 6 | police | occurred_at | offered_on | all_victims | - | - | {NO_SAFE_WAY}
R06-CHARGE     | {EVERY} | promise | 6 | police | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-CHARGE-CPS | {SINCE_2013} | promise | 6 | cps | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-CPSSTOP    | {EVERY} | promise | 6 | cps | occurred_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R06-MEET       | {SINCE_2013} | standing | 6 | cps | occurred_at | offered_on | all_victims | - | - | {NO_SAFE_WAY}
R07-VPS        | {SINCE_2013} | standing | 7 | police | reported_at | statement_offered | all_victims | - | - | {NO_SAFE_WAY}
R08-HEARDATE   | {EVERY} | promise | 8 | wcu | received_at | told_on | all_victims | 1 working_days | 1 working_days | {NO_SAFE_WAY}
R08-BAIL       | {EVERY} | promise | 8 | wcu | received_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R08-BAIL-COURT | 2020 | upstream | 8 | hmcts | occurred_at | received_at | all_victims | 5 working_days | 5 working_days |
R08-WARRANT    | {EVERY} | promise | 8 | wcu | received_at | told_on | all_victims | 5 working_days | 1 working_days | {NO_SAFE_WAY}
R08-WARRANT-COURT | 2020 | upstream | 8 | hmcts | occurred_at | received_at | all_victims | 5 working_days | 5 working_days |
R08-REQUIRED   | {EVERY} | promise | 8 | wcu | received_at | told_on | witnesses | 1 working_days | 1 working_days | {NO_SAFE_WAY}
R08-SUPPORT    | {SINCE_2013} | standing | 8 | wcu | received_at | offered_on | witnesses | - | - | {NO_SAFE_WAY}
R09-OUTCOME    | {EVERY} | promise | 9 | wcu | received_at | told_on | all_victims | 1 working_days | 1 working_days | {NO_SAFE_WAY}
R09-OUTCOME-COURT | 2020 | upstream | 9 | hmcts | occurred_at | received_at | all_victims | 5 working_days | 5 working_days |
R09-SENTENCE   | {EVERY} | promise | 9 | wcu | received_at | told_on | all_victims | 1 working_days | 1 working_days | {NO_SAFE_WAY}
R09-MEET       | {SINCE_2013} | standing | 9 | cps | occurred_at | offered_on | all_victims | - | - | {NO_SAFE_WAY}
R09-APPEAL     | {EVERY} | promise | 9 | wcu | received_at | told_on | all_victims | 1 working_days | 1 working_days | {NO_SAFE_WAY}
R10-EXP        | {EVERY} | promise | 10 | cps | received_at | paid_on | witnesses | 10 working_days | 10 working_days |
R10-PROP       | {SINCE_2013} | standing | 10 | police | occurred_at | returned_on | all_victims | - | - |
R11-VCSREF     | {SINCE_2013} | promise | 11 | wcu | occurred_at | contact_scheme_referral | all_victims | 10 working_days | 10 working_days |
R11-VLO        | {SINCE_2013} | promise | 11 | probation | received_at | told_on | contact_scheme | 20 working_days | 20 working_days | {NO_SAFE_WAY}
R11-STAGES     | {SINCE_2013} | standing | 11 | probation | received_at | told_on | contact_scheme | - | - | {NO_SAFE_WAY}
R12-COMPL      | {SINCE_2013} | promise | 12 | any_provider | received_at | told_on | all_victims | 10 working_days | 10 working_days | {NO_SAFE_WAY}
"""  # noqa: E501
# What stands in a law or a scheme of its own, with its days.
OF_THEIR_OWN = """
R02-RECORD         | 2002-04-01 2015-04-01 | promise | police | reported_at | 72 hours
R02-RECORD         | 2015-04-01 - | promise | police | reported_at | 24 hours
R05-COMP           | 1964-08-01 1996-04-01 | window | victim | occurred_at | 36 months
R05-COMP           | 1996-04-01 2012-11-27 | window | victim | occurred_at | 24 months
R05-COMP           | 2012-11-27 - | window | victim | occurred_at | 24 months
R06-VRRPOLICE-ASK  | 2015-04-01 - | window | victim | told_at | 3 months
R06-VRRPOLICE-ACK  | 2015-04-01 - | promise | police | received_at | 10 working_days
R06-VRRPOLICE-DECIDE | 2015-04-01 - | promise | police | received_at | 30 working_days
R06-VRRCPS-ASK     | 2013-06-05 - | window | victim | told_at | 3 months
R06-VRRCPS-LOCAL   | 2013-06-05 - | promise | cps | received_at | 10 working_days
R06-VRRCPS-DECIDE  | 2013-06-05 - | promise | cps | received_at | 30 working_days
R09-ULS            | 1989-02-01 - | window | victim | occurred_at | 28 days
FC-FIRST           | 2015-10-01 - | promise | service | received_at | 3 working_days
"""
# What starts each; what narrows it. Where nothing is said, a report starts it and
# nothing narrows it.
STARTED_BY = """
R04-WCUNEEDS R08-REQUIRED R08-SUPPORT | witness_required
R06-NOINV | not_investigated
R06-ARREST | suspect_arrested
R06-INTERVIEW | suspect_interviewed
R06-RELNC | suspect_released_no_charge
R06-BAIL | bail_conditions_changed suspect_bailed suspect_released_under_investigation
R06-OOCDVIEW | out_of_court_disposal
R06-CHARGE | charged no_further_action out_of_court_disposal
R06-CHARGE-CPS R06-VRRPOLICE-ASK | no_further_action
R06-CPSSTOP | case_stopped charge_altered
R06-MEET | case_stopped charge_altered charged no_further_action
R06-VRRCPS-ASK | case_stopped no_further_action
R06-VRRPOLICE-ACK R06-VRRPOLICE-DECIDE | review_requested_police
R06-VRRCPS-LOCAL R06-VRRCPS-DECIDE | review_requested_cps
R08-HEARDATE | first_hearing_listed hearing_changed hearing_listed
R08-BAIL R08-BAIL-COURT | bail_hearing_outcome
R08-WARRANT R08-WARRANT-COURT | warrant_executed warrant_issued
R09-OUTCOME | trial_verdict
R09-OUTCOME-COURT R09-MEET | sentenced trial_verdict
R09-SENTENCE R09-ULS R11-VCSREF | sentenced
R09-APPEAL | appeal_decided appeal_lodged
R10-EXP | expenses_claimed
R10-PROP | case_stopped no_further_action out_of_court_disposal sentenced
R11-VLO | contact_scheme_referral
R11-STAGES | custody_release_planned parole_hearing recalled released_on_licence
R12-COMPL | complaint_received
FC-FIRST | referral_received
"""
NARROWED = {
    "R02-GENDER": "crime; Sexual offences; domestic_abuse honour_based sexual stalking",
    "R02-RECORD": "crime",
    "R03-SAFE": f"{AT_RISK}",
    "R05-COMP": f"crime; Robbery, {GRAVE}",
    "R05-COMPTELL": "crime",
    "R06-CHARGE-CPS": "only 9",
    "R06-MEET": HOMICIDE,
    "R06-VRRCPS-ASK": "only 9",
    "R06-VRRPOLICE-ASK": "not 14 16 18 9",
    "R07-VPS": "crime",
    "R09-MEET": HOMICIDE,
    "R11-VCSREF": f"{GRAVE}; 12 months or hospital_order",
}


def lines(text):
    return [
        [cell.strip() for cell in line.split("|")] for line in text.split("\n")[1:-1]
    ]


def say_length(length):
    return f"{length.length} {length.unit}" if length.length else "-"


def found_of(code, day):
    found = [
        rule
        for rule in RULES
        if rule.code == code and rule.in_force_from.isoformat() == day
    ]
    assert len(found) == 1, f"{code} has one row from {day}"
    return found[0]


@pytest.mark.parametrize(
    "line", lines(AS_READ), ids=lambda line: f"{line[0]} {line[1]}"
)
def test_a_promise_is_as_it_was_read_in_the_code(line):
    code, years, *said = line

    for year in years.split():
        start, end = CODES[year]
        rule = found_of(code, start)
        until = rule.in_force_until
        assert [
            *(rule.kind, str(rule.right), rule.duty_holder, rule.clock, rule.met_by),
            *(rule.eligible, say_length(rule.standard), say_length(rule.enhanced)),
            " ".join(sorted(rule.suppress_if)),
        ] == said
        assert (rule.code_version, until and until.isoformat()) == (f"VC{year}", end)


@pytest.mark.parametrize(
    "line", lines(OF_THEIR_OWN), ids=lambda line: f"{line[0]} {line[1]}"
)
def test_a_promise_of_another_law_is_as_it_was_read_there(line):
    code, dates, *said = line
    start, end = dates.split()
    rule = found_of(code, start)

    length = say_length(rule.standard)
    assert [rule.kind, rule.duty_holder, rule.clock, length] == said
    until = rule.in_force_until
    assert (until.isoformat() if until else "-") == end


def test_there_is_no_promise_that_nobody_read():
    read = {
        *((line[0], year) for line in lines(AS_READ) for year in line[1].split()),
        *((line[0], line[1].split()[0]) for line in lines(OF_THEIR_OWN)),
    }
    years = {start: year for year, (start, _) in CODES.items()}

    assert read == {
        (
            rule.code,
            years.get(rule.in_force_from.isoformat())
            if rule.code_version.startswith("VC")
            else rule.in_force_from.isoformat(),
        )
        for rule in RULES
    }


def test_each_is_started_by_what_was_read_and_by_nothing_else():
    started = {
        code: words for codes, words in lines(STARTED_BY) for code in codes.split()
    }

    for rule in RULES:
        assert " ".join(sorted(rule.triggers)) == started.get(rule.code, "report")


def test_each_is_narrowed_as_was_read_and_not_otherwise():
    for rule in RULES:
        assert narrowed(rule) == NARROWED.get(rule.code, ""), rule.code_version


def narrowed(rule):
    # Whoever decided not to charge says so: since 2013 prosecutors for themselves.
    if rule.code == "R06-CHARGE" and rule.code_version != "VC2006":
        assert rule.not_outcomes == {("no_further_action", "9")}
        return ""
    parts = [
        " ".join(sorted(rule.record_types)) if len(rule.record_types) == 1 else "",
        ", ".join(sorted(rule.offence_groups)),
        " ".join(sorted(rule.flags)),
        f"{rule.custody_months} months or {' '.join(sorted(rule.sentences))}"
        if rule.custody_months
        else "",
        *(
            f"{how} " + " ".join(sorted({code for _, code in pairs})) if pairs else ""
            for how, pairs in (("only", rule.only_outcomes), ("not", rule.not_outcomes))
        ),
    ]
    return "; ".join(part for part in parts if part)
