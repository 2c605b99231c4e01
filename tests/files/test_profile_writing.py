"""What is written is read back as the same profile."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from app.assets import SCHEMAS
from app.core.binding import BindingRow, BindingTable
from app.core.register import Binding
from app.files.binding_table import read_table, write_table
from app.files.profile import load_profile, load_shipped
from app.files.profile_writing import write_profile


@pytest.mark.parametrize("name", ["spor-4.1", "spor-4.1:R2"])
def test_a_profile_is_read_back_as_it_was(name, tmp_path):
    folder = tmp_path / "copy"
    copytree(SCHEMAS / "spor-4.1", folder)
    profile = replace(load_shipped(name), readings=(), reading="")
    write_profile(profile, folder, {})
    read = load_profile(folder)
    assert Path(read.xsd).name == Path(profile.xsd).name
    assert replace(read, wsdl=profile.wsdl, xsd=profile.xsd) == profile


def test_a_table_is_read_back_as_it_was(tmp_path):
    table = BindingTable(
        (
            BindingRow(
                ("a", "b"), "V310", Binding.APPROVED, 100, ("name", "place"), (("V565", 40),)
            ),
            BindingRow(("a", "c")),
        )
    )
    write_table(table, tmp_path)
    assert read_table(tmp_path) == table
