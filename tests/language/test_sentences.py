"""Every code becomes a sentence in both languages, and no code can crash the program."""

import re
from string import Formatter

import pytest

from app.core.errors import ExportError
from app.core.finding import Finding, Tier
from app.core.outcome import OutcomeKind
from app.files.profile import load_shipped
from app.language import sentences, text
from app.workflow.views import Problem


@pytest.fixture(scope="module")
def profile():
    return load_shipped("spor-4.1")


def placeholders(message):
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def test_an_error_becomes_a_sentence_with_its_values():
    text.use("en")
    sentence = sentences.error_sentence(ExportError("file-missing", name="operationer.csv"))
    assert "operationer.csv" in sentence


def test_a_problem_reads_the_same_as_its_error():
    problem = Problem("file-missing", (("name", "operationer.csv"),))
    error = ExportError("file-missing", name="operationer.csv")
    assert sentences.error_sentence(problem) == sentences.error_sentence(error)


def test_an_unknown_code_is_shown_and_does_not_crash():
    assert "never-heard-of" in sentences.error_sentence(Problem("never-heard-of"))
    assert sentences.name_of("never-heard-of") == "never-heard-of"


def test_a_missing_value_leaves_a_dash():
    text.use("en")
    assert "–" in sentences.sentence_of("file-missing")
    assert "{" not in sentences.sentence_of("file-missing")


def test_a_rule_speaks_the_language_in_use(profile):
    rule = profile.rules[0]
    finding = Finding("1", rule.id, rule.tier)
    text.use("sv")
    assert sentences.finding_sentence(finding, profile) == (rule.message.sv, rule.remedy.sv)
    text.use("en")
    assert sentences.finding_sentence(finding, profile) == (rule.message.en, rule.remedy.en)
    assert sentences.cause_sentence(rule.id, profile) == rule.message.en


def test_an_own_finding_says_what_and_then_what_to_do(profile):
    text.use("en")
    finding = Finding("1", "file-missing", Tier.BLOCKS, values=(("name", "a. b.csv"),))
    what, remedy = sentences.finding_sentence(finding, profile)
    assert what == "The file a. b.csv does not exist."
    assert remedy == "Check the path or choose another file."


def test_an_unknown_finding_is_shown_by_its_code(profile):
    finding = Finding("1", "never-heard-of", Tier.NOTE, variable="V565")
    assert "never-heard-of" in sentences.finding_sentence(finding, profile)[0]
    assert "never-heard-of" in sentences.cause_sentence("never-heard-of", profile)


def test_tiers_outcomes_and_verdicts_have_names():
    for code in (*Tier, *OutcomeKind):
        assert sentences.name_of(code.value) != code.value


def test_every_code_is_kebab_case_and_every_sentence_ends():
    for code in sentences.known_codes():
        assert re.fullmatch(r"[a-zA-Z0-9.]+(?:[-_.][a-zA-Z0-9.]+)*", code), code


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_translation_keeps_the_placeholders(language):
    for code in sentences.known_codes():
        text.use("en")
        english = placeholders(sentences.template_of(code))
        text.use(language)
        assert placeholders(sentences.template_of(code)) <= english, code
