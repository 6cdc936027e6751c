"""Invented people and referrals, to see each component with."""

from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Actor, Role
from alongside.web.components import base, casefile, evidence, feed, lists, person

ACTOR = Actor(
    user_id=1,
    label="Sam Okafor",
    agency_id=1,
    agency_name="Leicestershire Victim First",
    area_id=1,
    team_id=1,
    role=Role.SUPERVISOR,
    permissions=ROLE_PERMISSIONS[Role.SUPERVISOR],
)

STRIP = person.SafeContactStrip(
    channels=(
        person.Channel(name="Call", safety=person.Safety.SAFE, note="mobile"),
        person.Channel(name="Voicemail", safety=person.Safety.UNSAFE),
        person.Channel(name="Text", safety=person.Safety.NOT_KNOWN),
        person.Channel(name="E-mail", safety=person.Safety.SAFE),
        person.Channel(name="Letter", safety=person.Safety.UNSAFE),
    ),
    times="Weekday mornings",
    code_word="Robin",
    unmarked_is_unsafe=True,
    change=base.Link(text="Change", href="#change"),
)

IDENTITY = person.IdentityBar(
    name="Asha Reed",
    details=("34", "she/her", "Polish", "Interpreter needed"),
    reference="LLR-7F3K",
    holder="Held by Sam Okafor, East team",
    strip=STRIP,
    tier=base.Tag(text="Enhanced", tone=base.Tone.SPECIAL),
    tags=(base.Tag(text="Also a witness"),),
    grounds="Most serious crime: domestic abuse (police flag, 19 November 2026)",
    warnings=("Do not visit alone. Ends on 3 December 2026.",),
)

NEXT = casefile.NextAction(
    what="Call to introduce the service",
    when="By Friday 20 November, 2 days late",
    overdue=True,
    change=base.Link(text="Change the next action", href="#next"),
)

CLOCKS = casefile.ClockList(
    clocks=(
        casefile.Clock(
            what="First contact",
            detail="By Fri 20 Nov, by us: 2 days late",
            state=casefile.ClockState.OVERDUE,
        ),
        casefile.Clock(
            what="Needs assessment",
            detail="By Wed 25 Nov, by us",
            state=casefile.ClockState.SOON,
        ),
        casefile.Clock(
            what="Support referral",
            detail="Thu 19 Nov, by Leicestershire Police",
            state=casefile.ClockState.MET,
        ),
        casefile.Clock(
            what="Written acknowledgement",
            detail="A letter is not safe here",
            state=casefile.ClockState.NOT_OWED,
        ),
    ),
    more=base.Link(text="All 6 clocks", href="#clocks"),
)

ACTS = casefile.ActList(
    acts=(
        base.Act(text="Log contact", href="#contact", primary=True),
        base.Act(text="Add note", href="#note"),
        base.Act(text="Hand over", href="#hand-over"),
        base.Act(text="Refer on", href="#refer"),
        base.Act(text="Plan", href="#plan"),
    )
)

OTHER_ACTS = casefile.ActLinks(
    acts=(
        base.Act(text="Rights", href="#rights"),
        base.Act(text="Appointments", href="#appointments"),
        base.Act(text="Close case", href="#close"),
    )
)

TIMELINE = casefile.Timeline(
    filters=(
        casefile.FilterLink(text="Everything", href="?", chosen=True),
        casefile.FilterLink(text="Contact", href="?kind=contact"),
        casefile.FilterLink(text="Police and court", href="?kind=police"),
        casefile.FilterLink(text="Notes", href="?kind=note"),
        casefile.FilterLink(text="Decisions", href="?kind=decision"),
    ),
    days=(
        casefile.TimelineDay(
            label="Today, Sunday 22 November 2026",
            events=(
                casefile.TimelineEvent(
                    time="16:40",
                    kind="Contact",
                    title="Called, no answer",
                    detail="Rang out. No voicemail left: it is not safe.",
                    who="Sam Okafor for Leicestershire Victim First",
                ),
                casefile.TimelineEvent(
                    time="09:12",
                    kind="Police",
                    title="Suspect bailed",
                    detail="Not to contact the victim or go to her street.",
                    who="Leicestershire Police, received at 09:30",
                    tag=base.Tag(text="New", tone=base.Tone.INFO),
                ),
            ),
        ),
        casefile.TimelineDay(
            label="Friday 20 November 2026",
            events=(
                casefile.TimelineEvent(
                    time="15:05",
                    kind="Note",
                    title="Own note",
                    detail="Prefers mornings, when the children are at school.",
                    who="Priya Lal for Leicestershire Victim First",
                    corrected_by="mornings before ten only (Priya Lal, 15:20)",
                ),
                casefile.TimelineEvent(
                    time="10:00",
                    kind="Decision",
                    title="Taken by Sam Okafor",
                    who="Sam Okafor for Leicestershire Victim First",
                ),
            ),
        ),
        casefile.TimelineDay(
            label="Thursday 19 November 2026",
            events=(
                casefile.TimelineEvent(
                    time="08:31",
                    kind="Referral",
                    title="Referred by Leicestershire Police",
                    detail="Assault occasioning actual bodily harm, at home.",
                    who="Delivery LEI-2026-323, row 118",
                ),
            ),
        ),
    ),
    older=base.Link(text="Older entries", href="?before=x"),
)

CRIME = casefile.FactCard(
    heading="Crime",
    tag=base.Tag(text="Under investigation", tone=base.Tone.INFO),
    facts=(
        casefile.Fact(name="Reference", value="26*674112"),
        casefile.Fact(name="Offence", value="Assault occasioning actual bodily harm"),
        casefile.Fact(name="Happened", value="18 November 2026, at home"),
        casefile.Fact(name="Suspect", value="S-1, former partner"),
    ),
)

SEEN = casefile.FactCard(
    heading="Who may see this case",
    facts=(
        casefile.Fact(name="Owner", value="East team"),
        casefile.Fact(name="Shared with", value="Nobody else"),
        casefile.Fact(name="Seen by", value="4 people in 30 days", href="#seen"),
    ),
)

PHONES = (
    person.PhoneNumber(
        display="07700 900123",
        number="+447700900123",
        name="mobile number",
        safety=person.Safety.SAFE,
        note="Weekday mornings. Do not leave a voicemail.",
    ),
    person.PhoneNumber(
        display="0116 496 0123",
        number="+441164960123",
        name="home number",
        safety=person.Safety.UNSAFE,
    ),
)


def _row(number: int) -> lists.WorkRow:
    people = ("Asha Reed", "Tomasz Wójcik", "Grace Adeyemi", "Jo Patel", "Lee Marsh")
    tasks = ("First contact", "Needs assessment", "Call back", "Tell of the hearing")
    days = ("2 days late", "1 day late", "Today", "Tomorrow", "In 3 days")
    place = min(number // 2, 4)
    late = place < 2
    return lists.WorkRow(
        person=people[number % 5],
        href=f"#case-{number}",
        reference=f"LLR-{7000 + 37 * number}",
        what=tasks[number % 4],
        by_when=("Fri 20 Nov", "Sat 21 Nov", "Sun 22 Nov", "Mon 23 Nov", "Wed 25 Nov")[
            place
        ],
        late_by=days[place],
        why="Enhanced: domestic abuse" if number % 3 == 0 else "Victims' Code, right 4",
        holder="Sam Okafor" if number % 2 else "Nobody yet",
        tag=base.Tag(text="Overdue", tone=base.Tone.LATE)
        if late
        else base.Tag(text="Due soon", tone=base.Tone.SOON)
        if place == 2
        else base.Tag(text="Open"),
        overdue=late,
        key=f"key{number}",
    )


NOTHING_DUE = base.EmptyState(
    heading="Nothing is due",
    text="Take a case from the team queue when you are ready for one.",
    link=base.Link(text="Open the team queue", href="#queue"),
)

WORK = lists.WorkTable(
    caption="12 things to do, 4 overdue",
    rows=tuple(_row(number) for number in range(12)),
    empty=NOTHING_DUE,
)
QUEUE = lists.WorkTable(
    caption="9 cases, 4 overdue",
    rows=tuple(_row(number) for number in range(9)),
    empty=NOTHING_DUE,
    selectable=True,
    shows_holder=True,
)
NO_WORK = lists.WorkTable(caption="", rows=(), empty=NOTHING_DUE)

FILTER = lists.FilterRow(
    fields=(
        lists.FilterField(
            name="kind",
            label="Kind",
            options=(("", "Everything"), ("contact", "First contact")),
            chosen="contact",
        ),
        lists.FilterField(
            name="due",
            label="Due",
            options=(("", "Any time"), ("overdue", "Overdue"), ("week", "This week")),
        ),
    ),
    clear=base.Link(text="Show everything", href="?"),
    export=base.Link(text="Save as CSV", href="?format=csv"),
)
PAGER = lists.Pager(shown="26 to 50 of 312", previous="?before=a", next="?after=b")

HELD = lists.HeldCard(
    reference="Leicestershire Police 26*674119",
    about="Theft from the person, victim aged 15",
    problem="No parent or guardian is named for someone under 18",
    others=("No channel that exists is marked safe",),
    sent="Sent by Leicestershire Police on 19 November 2026 at 08:31",
    held="Owned by Sam Okafor, held for 3 days",
    tried="asked the officer in the case on 20 November",
    tag=base.Tag(text="Held", tone=base.Tone.SOON),
    acts=(
        base.Act(text="Accept anyway", href="#a", about="26*674119", primary=True),
        base.Act(text="Return to the force", href="#r", about="26*674119"),
        base.Act(text="Wait until a date", href="#w", about="26*674119"),
    ),
)

STATS = base.StatRow(
    label="Cases by status",
    stats=(
        base.Stat(number="3,412", words="open cases", href="#open"),
        base.Stat(number="1,204", words="closed in the last 30 days", href="#closed"),
        base.Stat(number="2", words="with no next action", href="#n", attention=True),
        base.Stat(number="0", words="with no owner"),
    ),
)

SHARE = feed.ShareBar(
    key="delivery1",
    sentence="5,000 rows: 4,120 can be worked, 760 are held, 120 could not be read.",
    parts=(
        feed.SharePart(label="Accepted", count=4120, pattern=feed.Pattern.PLAIN),
        feed.SharePart(label="Held", count=760, pattern=feed.Pattern.STRIPED),
        feed.SharePart(label="Rejected", count=120, pattern=feed.Pattern.DOTTED),
    ),
)

DELIVERIES = lists.DataTable(
    caption="Deliveries, newest first",
    columns=(
        lists.Column(heading="Delivery"),
        lists.Column(heading="Rows", numeric=True),
        lists.Column(heading="Workable", numeric=True),
        lists.Column(heading="Slowest report to receipt", numeric=True),
    ),
    rows=(
        (base.Link(text="LEI-2026-323", href="#d"), "5,000", "82.4%", "9 days"),
        (base.Link(text="LEI-2026-322", href="#e"), "4,871", "80.9%", "12 days"),
    ),
)

SIDES = evidence.SideBySide(
    first=evidence.Value(lines=("Left",), note="Police feed, 19 November 2026"),
    second=evidence.Value(lines=("Right",), note="Police feed, 2 October 2026"),
    pairs=(
        evidence.Pair(
            name="Name",
            first=evidence.Value(lines=("Leila Haddad",)),
            second=evidence.Value(lines=("Lina Haddad",)),
            agreement=evidence.Agreement.NEARLY,
            detail="Surname and first letter the same",
        ),
        evidence.Pair(
            name="Date of birth",
            first=evidence.Value(lines=("14 March 1998",)),
            second=evidence.Value(lines=("14 March 1998",)),
            agreement=evidence.Agreement.SAME,
        ),
        evidence.Pair(
            name="Phone",
            first=evidence.Value(lines=("Not given",)),
            second=evidence.Value(lines=("07700 900871",)),
            agreement=evidence.Agreement.NOT_KNOWN,
        ),
    ),
)

FALL = evidence.WeightFall(
    key="fall",
    steps=(
        evidence.Step(label="Where we start", detail="", weight=-17.6),
        evidence.Step(label="Name", detail="the same", weight=12.0),
        evidence.Step(label="Date of birth", detail="the same", weight=13.1),
        evidence.Step(label="Sex", detail="another", weight=-5.1),
    ),
    enough=6.6,
)

MONTHS = evidence.MonthChart(
    key="months",
    title="Records that arrived, by what became of them",
    labels=("Linked", "To review", "New"),
    months=(
        evidence.MonthParts(label="November 2026", counts=(12, 3, 45)),
        evidence.MonthParts(label="October 2026", counts=(0, 0, 0)),
    ),
)
