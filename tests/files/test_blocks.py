"""A text gives the same table however it is cut into pieces, fast and carefully alike."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.errors import ExportError
from app.core.mapping import FIRST_FILLED
from app.files import delimited
from app.files.delimited import Form, read_delimited
from app.files.encodings import ENCODINGS, guess_encodings, transcoded
from app.files.lines import line_blocks
from app.files.losses import MARK, Losses

Result = tuple[list[tuple[object, ...]], list[tuple[str, int, str]]]

signs = st.text(st.sampled_from('ab1å;"\n\r'), max_size=60)
tables = st.lists(st.lists(st.text('aå;"\n', max_size=4), min_size=2, max_size=2), max_size=8)


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def result(text: str, size: int, name: str = "op.csv") -> Result | str:
    losses = Losses(name, ("k",))
    pieces = transcoded(cut(text.encode(), size), "utf-8", name)
    try:
        table = read_delimited(line_blocks(pieces, losses), Form(), FIRST_FILLED, losses)
        losses.demand_enough(table.height)
    except ExportError as error:
        return error.code
    return table.rows(), [(one.code, one.line, one.key) for one in losses.troubles(table)]


@settings(deadline=None)
@given(tables, st.integers(1, 40))
@example([["a", "\n\n"], ["b", '"'], ["c", ";"]], 3)
def test_a_sound_table_is_read_the_same_in_any_pieces(rows, size):
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([["k", "b"], *rows])
    whole = result(text.getvalue(), 1 << 20)
    assert result(text.getvalue(), size) == whole
    assert not isinstance(whole, str)
    filled = [tuple(row) for row in rows if any(row)]
    assert [row[:-1] for row in whole[0]] == filled
    assert whole[1] == []


@settings(deadline=None)
@given(signs, st.integers(1, 200))
def test_a_crooked_text_never_raises_anything_but_ours(text, size):
    result("k;b\n" + text, size)


@settings(deadline=None)
@given(tables)
def test_fast_and_careful_reading_are_equal(rows):
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([["k", "b"], *rows])
    fast = result(text.getvalue(), 1 << 20)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(delimited._Reader, "_regular", lambda *_: None)
        assert result(text.getvalue(), 1 << 20) == fast


@settings(deadline=None)
@given(st.lists(st.sampled_from(["1;2", "3", '4;"x', '5;"a\nb"', "6;å", "", "7;8;9"]), max_size=30))
def test_reading_piece_by_piece_gives_the_same(lines):
    text = "k;b\n" + "\n".join(lines) + "\n1;1\n"
    whole = result(text, 1 << 20)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(delimited, "_PIECE", 4)
        assert result(text, 1 << 20) == whole
        assert result(text, 11) == whole


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("size", [3, 4, 7])
def test_no_letter_is_lost_where_pieces_meet(encoding, size):
    text = "ÅÄÖ åäö é;x\r\n" * 3
    data = text.encode(encoding)
    assert b"".join(transcoded(cut(data, size), encoding, "op.csv")).decode() == text


SWEDISH = (
    "NR;ÅTGÄRD;ANMÄRKNING\r\n1;Öppen hjärtkirurgi;för § 3 – 37,5 °C\r\n"
    "2;Gallblåsa;Åsa tyckte något\r\n3;Öga;à 5 ml\r\n"
)


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16-le-signed"])
def test_the_encoding_of_swedish_texts_is_guessed_right(encoding):
    signed = encoding == "utf-16-le-signed"
    code = "utf-16-le" if signed else encoding
    text = SWEDISH.replace("–", "-") if code[:3] in {"iso", "cp8"} else SWEDISH
    data = (b"\xff\xfe" if signed else b"") + text.encode(code)
    best = guess_encodings(data)[0]
    same = {"iso-8859-1": "cp1252", "iso-8859-15": "cp1252", "utf-16-le-signed": "utf-16"}
    assert best[0] == same.get(encoding, encoding)
    assert not best[2]
    assert any(letter in best[1] for letter in "ÅÄÖåäö")


def test_at_most_three_encodings_are_shown_and_each_reads_otherwise():
    guesses = guess_encodings(SWEDISH.encode("cp1252"))
    assert len(guesses) == 3
    assert len({line for _, line, _ in guesses}) == 3
    assert [doubtful for _, _, doubtful in guesses] == [False, True, True]
    assert not any(MARK in line for _, line, _ in guesses)
