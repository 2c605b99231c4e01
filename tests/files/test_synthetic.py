"""The synthetic case that a profile describes."""

from dataclasses import replace

import pytest

from app.core.errors import ProfileError
from app.core.identity import person_id_problem
from app.core.register import Confidence
from app.files.profile import load_shipped
from app.files.profile_rows import read_rows
from app.files.synthetic import FILE, read_synthetic
from tests.support.persons import skatteverkets_numbers
from tests.support.profile import shipped


def test_it_is_about_nobody_and_names_only_what_the_profile_knows():
    values = read_synthetic(shipped())
    assert values.keys() <= shipped().by_id.keys()
    person = values[shipped().roles["person_id"]]
    assert person_id_problem(person) is None
    assert person in set(skatteverkets_numbers())


def test_it_has_a_source_and_says_how_sure_it_is():
    row = read_rows(shipped_folder() / FILE).inner("synthetic")
    assert row.fact().source
    assert row.fact().confidence is Confidence.INFERRED


def shipped_folder():
    from app.files.profile import shipped_profiles

    return next(one for one in shipped_profiles() if one.name == "spor-4.1")


def test_a_profile_that_was_made_from_another_has_its_case_unless_it_has_one_itself(tmp_path):
    made = replace(shipped(), id="own", base="spor-4.1", xsd=str(tmp_path / "request.xsd"))
    assert read_synthetic(made) == read_synthetic(shipped())
    own = '[synthetic]\nsource = "us"\nconfidence = "assumed"\n[synthetic.values]\nX = "1"\n'
    (tmp_path / FILE).write_text(own)
    assert read_synthetic(made) == {"X": "1"}
    assert read_synthetic(load_shipped("spor-4.1:R2")) == read_synthetic(shipped())


def test_one_made_from_nothing_has_none(tmp_path):
    assert read_synthetic(replace(shipped(), id="own", xsd=str(tmp_path / "request.xsd"))) == {}


def test_a_damaged_one_is_named(tmp_path):
    made = replace(shipped(), id="own", xsd=str(tmp_path / "request.xsd"))
    (tmp_path / FILE).write_text("[synthetic")
    with pytest.raises(ProfileError) as caught:
        read_synthetic(made)
    assert caught.value.values["file"] == FILE
