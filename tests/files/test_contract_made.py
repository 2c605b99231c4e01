"""Contracts made by chance, judged alike by libxml2, xmllint and xmlschema."""

import pytest
import xmlschema

from tests.support.contract_maker import Maker, document
from tests.support.contracts import stored


@pytest.mark.parametrize("seed", range(12))
def test_documents_that_follow_the_elements_are_valid_to_everybody(tmp_path, seed):
    found = stored(tmp_path, Maker(seed).make())
    by_xmlschema = xmlschema.XMLSchema10(str(found.files.xsd))
    for whole in (False, True):
        text = document(found.schema.root, whole=whole)
        assert found.judge(text)
        assert by_xmlschema.is_valid(text)
    assert not found.judge(text.replace("7<", "seven<", 1)) or "7<" not in text
