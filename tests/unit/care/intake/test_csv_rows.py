import pytest

from alongside.care.intake.rules.csv_rows import MOST_LINES, read_records
from alongside.care.intake.rules.lines import LONGEST_LINE, Lookahead

WIDE = "{}" + ",x" * 60


def records(*lines: str, width: int = 3) -> list[tuple[str, list[str] | None]]:
    return list(read_records(Lookahead(lines), width))


def fields(*lines: str, width: int = 3) -> list[list[str] | None]:
    return [found for _, found in records(*lines, width=width)]


def test_plain_and_quoted_fields():
    assert fields("a,b,c", '"a","b, b","say ""c"""', ',,""') == [
        ["a", "b", "c"],
        ["a", "b, b", 'say "c"'],
        ["", "", ""],
    ]


def test_blank_lines_are_no_rows():
    assert fields("", "a,b,c", "  ", "d,e,f") == [["a", "b", "c"], ["d", "e", "f"]]


def test_a_quoted_field_may_run_over_lines():
    assert records('a,"one', "", 'two ""three""",c', "d,e,f") == [
        ('a,"one\n\ntwo ""three""",c', ["a", 'one\n\ntwo "three"', "c"]),
        ("d,e,f", ["d", "e", "f"]),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"a,b,c', ['"a', "b", "c"]),
        ('a,b",c', ["a", 'b"', "c"]),
        ('a,b"b,c', ["a", 'b"b', "c"]),
        ('a,"b" ,c', ["a", '"b" ', "c"]),
        ('"a,"b, b",c', ['"a', "b, b", "c"]),
        ('a,b,c"', ["a", "b", 'c"']),
        ('a,"b, b,c', ["a", '"b', " b", "c"]),  # four: told apart by their number
    ],
)
def test_a_stray_quotation_mark_stays_on_its_line(line, found):
    assert fields(line, "d,e,f", 'g,"h",i') == [
        found,
        ["d", "e", "f"],
        ["g", "h", "i"],
    ]


def test_two_stray_marks_do_not_make_one_row_of_two():
    assert fields('a,"b,c', 'd,e",f') == [["a", '"b', "c"], ["d", 'e"', "f"]]


def test_two_stray_marks_do_not_make_one_row_of_two_damaged_ones():
    one, other = WIDE.format('"a'), WIDE.format("b") + ',c"'
    found = fields(one, other, width=61)
    assert [len(row or ()) for row in found] == [61, 62]


def test_a_mark_that_is_never_closed_takes_nothing_along():
    lines = ["d,e"] * (MOST_LINES + 5)
    assert len(records('a,"b', *lines)) == len(lines) + 1


def test_a_long_quoted_field_is_given_up():
    assert len(records('a,"b', "x" * LONGEST_LINE, '",c')) == 3


def test_a_line_too_long_to_be_a_row_is_cut():
    assert records("x" * (LONGEST_LINE + 1), "a,b,c") == [
        ("x" * LONGEST_LINE, None),
        ("a,b,c", ["a", "b", "c"]),
    ]


def test_a_return_inside_a_line_is_no_end_of_row():
    assert fields('a,"b\rb",c', "d\rd,e,f") == [["a", "b\rb", "c"], ["d\rd", "e", "f"]]
