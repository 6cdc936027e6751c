"""One record of somebody, as it might be written down on a bad day."""

from datetime import date
from random import Random

from alongside.demo.generator.households import state_at
from alongside.demo.generator.spoiling import slip, without_marks, wrong_digit
from alongside.demo.generator.types import Arrival, Human
from alongside.demo.generator.words import Words

# Of a thousand records, or as a part of one: how often each thing happens.
MIDDLE, BARE_MARKS, TITLE, CAPITALS = 0.3, 0.6, 0.012, 0.06
NO_GIVEN, INITIAL, SWAPPED, SHORT, SPELT, GIVEN_SLIP = (
    0.006,
    0.007,
    0.006,
    0.07,
    0.06,
    0.03,
)
NO_SURNAME, SURNAME_SPELT, HALF, SURNAME_SLIP = 0.003, 0.05, 0.2, 0.03
NO_BORN, NO_DAY, NOT_BORN, DAYS_SWAPPED, BORN_SLIP, BRITISH = (
    *(0.045, 0.012, 0.008, 0.009, 0.016), 0.04,
)  # fmt: skip
NO_SEX, WRONG_SEX = 0.05, 0.006
NO_POSTCODE, PART, NOWHERE, POSTCODE_SLIP, CLOSE_UP = 0.05, 0.01, 0.003, 0.015, 0.12
NO_ADDRESS, NO_ABODE, ADDRESS_SLIP, ABBREVIATED, TOWN = 0.05, 0.004, 0.035, 0.25, 0.1
NO_PHONE, NOT_PHONE, OFFICE_PHONE, PHONE_SLIP, SPACED, ABROAD = (
    *(0.2, 0.006, 0.002, 0.01, 0.15), 0.2,
)  # fmt: skip
NO_EMAIL, NOT_EMAIL, EMAIL_SLIP = 0.4, 0.004, 0.012
TITLES = ("Mr", "Mrs", "Miss", "Ms", "Dr")
NO_NAMES = ("Unknown", "Not known", "N/K", "Anon", "-")
NO_BIRTHS = ("1900-01-01", "1900-01-01", "01/01/1900", "1901-01-01")
NO_PHONES = ("07000000000", "00000000000", "07777777777", "101", "N/A", "none")
NO_EMAILS = ("none@none.com", "noemail@noemail.com", "na@na.com", "not given")
OFFICES = ("0116 222 2222", "01509 222222")
NO_HOMES = ("NFA", "No fixed abode", "c/o police station", "Not known")
SEXES = {True: ("female", "Female", "F", "f"), False: ("male", "Male", "M", "m")}
SHORTER = (
    *((" Road", " Rd"), (" Street", " St"), (" Avenue", " Ave"), (" Lane", " Ln")),
    *((" Close", " Cl"), (" Drive", " Dr"), ("Flat ", "Apt "), (", ", " ")),
)


class Scribe:
    """Writes records down, with the slips that come with it."""

    def __init__(self, random: Random, words: Words) -> None:
        self.random, self.words = random, words

    def write(self, human: Human, time: float) -> Arrival:
        """A record of somebody at a time; its id is given when it arrives."""
        human = state_at(human, time)
        given, surname = self._given(human), self._surname(human)
        if self.random.random() < SWAPPED:
            given, surname = surname, given
        if self.random.random() < CAPITALS:
            given, surname = given.upper(), surname.upper()
        return Arrival(
            "",
            given,
            surname,
            self._born(human.born),
            self._sex(human.female),
            self._postcode(human.home.postcode),
            self._address(human.home.address),
            self._phone(human.phone),
            self._email(human.email),
        )

    def _given(self, human: Human) -> str:
        chance, given = self.random.random, human.given
        if chance() < NO_GIVEN:
            return self.random.choice(NO_NAMES)
        if chance() < INITIAL:
            return given[0]
        given = self._otherwise(given)
        if not given.isascii() and chance() < BARE_MARKS:
            given = without_marks(given)
        if chance() < GIVEN_SLIP:
            given = slip(self.random, given, self.words)
        if human.middle and chance() < MIDDLE:
            given = f"{given} {human.middle}"
        if chance() < TITLE:
            given = f"{self.random.choice(TITLES)} {given}"
        return given

    def _otherwise(self, given: str) -> str:
        random = self.random
        chance = random.random()
        if chance < SHORT and given in self.words.short:
            return random.choice(self.words.short[given])
        if SHORT < chance < SHORT + SPELT and given in self.words.spellings:
            return random.choice(self.words.spellings[given])
        return given

    def _surname(self, human: Human) -> str:
        chance, surname = self.random.random, human.surname
        if chance() < NO_SURNAME:
            return self.random.choice(NO_NAMES)
        if "-" in surname and chance() < HALF:
            surname = self.random.choice(surname.split("-"))
        if chance() < SURNAME_SPELT and surname in self.words.spellings:
            surname = self.random.choice(self.words.spellings[surname])
        if not surname.isascii() and chance() < BARE_MARKS:
            surname = without_marks(surname)
        if chance() < SURNAME_SLIP:
            surname = slip(self.random, surname, self.words)
        return surname

    def _born(self, born: date) -> str:
        chance = self.random.random()
        if chance < NO_BORN:
            return ""
        chance -= NO_BORN
        if chance < NOT_BORN:
            return self.random.choice(NO_BIRTHS)
        chance -= NOT_BORN
        if chance < NO_DAY:
            return f"{born.year}-01-01"
        chance -= NO_DAY
        if chance < DAYS_SWAPPED and born.day <= 12:
            return f"{born.year}-{born.day:02}-{born.month:02}"
        chance -= DAYS_SWAPPED
        text = born.isoformat()
        if chance < BORN_SLIP:
            return self._wrong_born(text)
        chance -= BORN_SLIP
        return f"{text[8:]}/{text[5:7]}/{text[:4]}" if chance < BRITISH else text

    def _wrong_born(self, text: str) -> str:
        wrong = wrong_digit(self.random, text)
        try:
            return date.fromisoformat(wrong).isoformat()
        except ValueError:
            return text

    def _sex(self, female: bool) -> str:
        chance = self.random.random()
        if chance < NO_SEX:
            return ""
        told = female if chance > NO_SEX + WRONG_SEX else not female
        forms = SEXES[told]
        return forms[0] if chance < 0.9 else self.random.choice(forms)

    def _postcode(self, postcode: str) -> str:
        chance = self.random.random()
        if chance < NO_POSTCODE:
            return ""
        chance -= NO_POSTCODE
        if chance < PART:
            return postcode.partition(" ")[0]
        chance -= PART
        if chance < NOWHERE:
            return "ZZ99 3VZ"
        chance -= NOWHERE
        if chance < POSTCODE_SLIP:
            return slip(self.random, postcode, self.words).upper()
        chance -= POSTCODE_SLIP
        return postcode.replace(" ", "").lower() if chance < CLOSE_UP else postcode

    def _address(self, address: str) -> str:
        random = self.random
        chance = random.random()
        if chance < NO_ADDRESS:
            return ""
        chance -= NO_ADDRESS
        if chance < NO_ABODE:
            return random.choice(NO_HOMES)
        if random.random() < ABBREVIATED:
            for long, short in SHORTER:
                address = address.replace(long, short)
        if random.random() < ADDRESS_SLIP:
            address = slip(random, address, self.words)
        if random.random() < TOWN:
            address = f"{address}, {random.choice(self.words.towns)}"
        return address

    def _phone(self, phone: str) -> str:
        random = self.random
        chance = random.random()
        if not phone or chance < NO_PHONE:
            return ""
        chance -= NO_PHONE
        if chance < NOT_PHONE:
            return random.choice(NO_PHONES)
        chance -= NOT_PHONE
        if chance < OFFICE_PHONE:
            return random.choice(OFFICES)
        if random.random() < PHONE_SLIP:
            phone = wrong_digit(random, phone)
        form = random.random()
        if form < SPACED:
            return f"{phone[:5]} {phone[5:]}"
        return f"+44{phone[1:]}" if form < SPACED + ABROAD else phone

    def _email(self, email: str) -> str:
        random = self.random
        chance = random.random()
        if not email or chance < NO_EMAIL:
            return ""
        chance -= NO_EMAIL
        if chance < NOT_EMAIL:
            return random.choice(NO_EMAILS)
        if chance < NOT_EMAIL + EMAIL_SLIP:
            return slip(random, email, self.words)
        return without_marks(email)
