import pytest

from alongside.care.matching import tables
from alongside.care.matching.types import FillerKind, Limits, Why
from alongside.foundation.lib.datafile import BadDataFile


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def test_every_rule_of_the_guards_has_words():
    assert tables.GUARDS.keys() == set(Why)
    assert all(row.words.endswith(".") for row in tables.GUARDS.values())


def test_every_number_has_a_meaning_and_a_source():
    assert tables.LIMIT_ROWS.keys() == set(Limits._fields)
    assert all(row.meaning and row.source for row in tables.LIMIT_ROWS.values())
    assert tables.LIMITS.link > tables.LIMITS.review


def test_forms_of_names_lead_to_their_common_form():
    assert tables.ROOTS["bill"] == "william"
    assert tables.ROOTS["muhammad"] == "mohammed"
    assert tables.ROOTS["kasia"] == "catherine"
    assert not set(tables.ROOTS) & set(tables.ROOTS.values())


def test_forms_are_written_as_names_are_folded():
    for form in {*tables.ROOTS, *tables.ROOTS.values()}:
        assert form.isascii()
        assert form.isalpha()
        assert form.islower()


@pytest.mark.parametrize(
    ("load", "path", "change", "says"),
    [
        (tables.load_limits, tables.LIMITS_FILE, ('"crowd"', '"cloud"'), "exactly"),
        (tables.load_limits, tables.LIMITS_FILE, ("6.63", "-9.0"), "not worth"),
        (tables.load_limits, tables.LIMITS_FILE, ("6.63", '"much"'), "number"),
        (tables.load_limits, tables.LIMITS_FILE, ("6.63", "true"), "number"),
        (tables.load_guards, tables.GUARDS_FILE, ('"twin"', '"weak"'), "two rows"),
        (tables.load_guards, tables.GUARDS_FILE, ('"twin"', '"triplet"'), "one of"),
        (tables.load_names, tables.NAMES_FILE, ('"bill"', '"bob"'), "shares a form"),
        (tables.load_names, tables.NAMES_FILE, ('"bill"', '"william"'), "itself"),
        (tables.load_fillers, tables.FILLERS_FILE, ('"title"', '"titles"'), "one of"),
        (tables.load_streets, tables.STREETS_FILE, ('"rd"', '"st"'), "two rows"),
    ],
)
def test_a_slip_in_a_data_file_is_named(load, path, change, says):
    with pytest.raises(BadDataFile, match=says):
        load(changed(path, *change))


def test_no_row_of_guards_or_placeholders_may_be_left_out():
    row = '[[guard]]\ncode = "weak"\nwords = "x."\nsource = "x"\n'
    row += 'confidence = "local"\nin_force_from = 2026-01-01\n'
    with pytest.raises(BadDataFile, match="no row"):
        tables.load_guards(row)
    row = row.replace("guard", "placeholder").replace('code = "weak"', 'kind = "name"')
    with pytest.raises(BadDataFile, match="no row"):
        tables.load_fillers(row.replace('words = "x."', 'values = ["x"]'))
    with pytest.raises(BadDataFile, match="values is missing"):
        tables.load_fillers(row.replace('words = "x."', "values = []"))
    assert tables.FILLERS.keys() == set(FillerKind)


def test_weights_are_a_table():
    with pytest.raises(BadDataFile):
        tables.load_model("[]")
