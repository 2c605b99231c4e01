"""What the window can ask for, by name: nothing of it is loaded in the window's process."""

from typing import TYPE_CHECKING

from app.core.mapping import Source
from app.core.register import Profile
from app.gui.background.deed import Deed
from app.workflow.case_counts import FacetCount
from app.workflow.case_views import CaseRequest, CauseGroup, EventPage, Validation, Written
from app.workflow.certificate_views import (
    CertificateEventPage,
    CertificateShelf,
    LadderView,
    OrderView,
    RevocationView,
    TokenCertificate,
)
from app.workflow.coverage_views import Coverage
from app.workflow.entrance_views import AuthorityFile, EntranceView, RevocationFile
from app.workflow.mapping_views import (
    CaseTrial,
    ConditionCount,
    LinkTrial,
    ReadPairs,
    ValueProposal,
)
from app.workflow.profile_views import BindingView, MovedProject, ProfileEntry
from app.workflow.quality_views import Distribution, PickedBatch, Quality
from app.workflow.rule_views import RegisterStatus, RegisterView, RuleTrial
from app.workflow.source_views import ColumnProfile, FileChange, KeyProposal, Preview
from app.workflow.template_views import AppliedTemplate, BegunProject, Recovery, TemplateEntry
from app.workflow.views import (
    CaseDetail,
    CasePage,
    ChecklistItem,
    EncodingGuess,
    FellistaView,
    JournalPage,
    LinkResult,
    LocalStage,
    OpenProject,
    RowsPage,
    SendPlan,
    SendReport,
    Suggestion,
    Summary,
    TableView,
    ValueCount,
)

if TYPE_CHECKING:
    from app.workflow.profile_compare import ProfileDiff

_HERE = "app.workflow."

OPEN_PROJECT = Deed[OpenProject](_HERE + "projects", "open_project")
OPEN_SAMPLE = Deed[OpenProject](_HERE + "projects", "open_sample")
SAVE_PROJECT = Deed[str](_HERE + "projects", "save_project")
NEW_PROJECT = Deed[OpenProject](_HERE + "projects", "new_project")

AUTOSAVE = Deed[str](_HERE + "autosave", "autosave")
RECOVERY_OF: "Deed[Recovery | None]" = Deed(_HERE + "autosave", "recovery_of")
DISCARD_AUTOSAVE = Deed[None](_HERE + "autosave", "discard_autosave")
DISCARD_RECOVERY = Deed[None](_HERE + "autosave", "discard_recovery")
TEMPLATES = Deed[tuple[TemplateEntry, ...]](_HERE + "templates", "templates")
SAVE_TEMPLATE = Deed[TemplateEntry](_HERE + "templates", "save_template")
APPLY_TEMPLATE = Deed[AppliedTemplate](_HERE + "templates", "apply_template")
WRITE_SPECIFICATION = Deed[str](_HERE + "specification", "write_specification")
NEW_FROM_TEMPLATE = Deed[BegunProject](_HERE + "templates", "new_from_template")

READ_TABLES = Deed[tuple[TableView, ...]](_HERE + "load", "read_tables")
ROWS_PAGE = Deed[RowsPage](_HERE + "load", "rows_page")
ROW_PLACE = Deed[int](_HERE + "row_place", "row_place")
GUESS_ENCODINGS = Deed[tuple[EncodingGuess, ...]](_HERE + "load", "guess_encodings")
DESCRIBE_SOURCES = Deed[tuple[Source, ...]](_HERE + "files_described", "describe_sources")
REPLACE_FILES = Deed[FileChange](_HERE + "files_described", "replace_files")
PREVIEW_SOURCE = Deed[Preview](_HERE + "files_described", "preview_source")
COLUMN_PROFILE = Deed[ColumnProfile](_HERE + "column_profile", "column_profile")
KEY_PROPOSALS = Deed[tuple[KeyProposal, ...]](_HERE + "relation", "key_proposals")

SUGGEST_LINKS = Deed[tuple[Suggestion, ...]](_HERE + "suggest", "suggest_links")
SUGGESTIONS_FOR = Deed[tuple[Suggestion, ...]](_HERE + "suggest", "suggestions_for")
LINK_RESULTS = Deed[tuple[LinkResult, ...]](_HERE + "results", "link_results")
VALUE_COUNTS = Deed[tuple[ValueCount, ...]](_HERE + "results", "value_counts")
TRY_LINK = Deed[LinkTrial](_HERE + "trial", "try_link")
TRY_CASE = Deed[CaseTrial](_HERE + "trial", "try_case")
COUNT_CONDITION = Deed[ConditionCount](_HERE + "trial", "count_condition")
DETECT_TIMES = Deed[tuple[tuple[str, float], ...]](_HERE + "trial", "detect_times")
FILL_VALUE_MAP = Deed[tuple[ValueProposal, ...]](_HERE + "value_maps", "fill_value_map")
READ_VALUE_MAP = Deed[ReadPairs](_HERE + "value_maps", "read_value_map")
WRITE_VALUE_MAP = Deed[int](_HERE + "value_maps", "write_value_map")
COVERAGE = Deed[Coverage](_HERE + "coverage", "coverage")

ANALYSE = Deed[Summary](_HERE + "analyse", "analyse")
CASE_PAGE = Deed[CasePage](_HERE + "cases", "case_page")
CASE_DETAIL = Deed[CaseDetail](_HERE + "case_detail", "case_detail")
CASE_COUNTS = Deed[tuple[FacetCount, ...]](_HERE + "case_counts", "case_counts")
CASE_NUMBERS = Deed[tuple[str, ...]](_HERE + "case_counts", "case_numbers")
CASE_PLACE = Deed[int](_HERE + "cases", "case_place")
NEXT_WITH_FINDINGS = Deed[int](_HERE + "cases", "next_with_findings")
CAUSE_GROUPS = Deed[tuple[CauseGroup, ...]](_HERE + "cause_groups", "cause_groups")
CASE_REQUEST = Deed[CaseRequest](_HERE + "case_request", "case_request")
EXCLUDE_CASES = Deed[int](_HERE + "exclusions", "exclude_cases")
INCLUDE_CASES = Deed[int](_HERE + "exclusions", "include_cases")
WRITE_CASES = Deed[Written](_HERE + "case_export", "write_cases")
VALIDATE_DOCUMENTS = Deed[Validation](_HERE + "validation", "validate_documents")

QUALITY = Deed[Quality](_HERE + "quality", "quality")
KEEP_LOAD = Deed[bool](_HERE + "quality", "keep_load")
DISTRIBUTION = Deed[tuple[Distribution, ...]](_HERE + "distributions", "distribution")
CASES_WITHOUT = Deed[tuple[str, ...]](_HERE + "distributions", "cases_without")
SPAN_DISTRIBUTION = Deed[tuple[Distribution, ...]](_HERE + "distributions", "span_distribution")
PICK_BATCH = Deed[PickedBatch](_HERE + "batches", "pick_batch")
WRITE_BATCH = Deed[int](_HERE + "batches", "write_batch")

CERTIFICATES = Deed[CertificateShelf](_HERE + "certify", "certificates")
IMPORT_CERTIFICATE = Deed[CertificateShelf](_HERE + "certify", "import_certificate")
CHOOSE_CERTIFICATE = Deed[CertificateShelf](_HERE + "certify", "choose_certificate")
REMOVE_CERTIFICATE = Deed[CertificateShelf](_HERE + "certify", "remove_certificate")
CHECK_REVOCATION = Deed[RevocationView](_HERE + "certify", "check_revocation")
ORDER_CERTIFICATE = Deed[OrderView](_HERE + "orders", "order_certificate")
SAVE_REQUEST = Deed[None](_HERE + "orders", "save_request")
COMPLETE_ORDER = Deed[CertificateShelf](_HERE + "orders", "complete_order")
CANCEL_ORDER = Deed[CertificateShelf](_HERE + "orders", "cancel_order")
TOKEN_CERTIFICATES = Deed[tuple[TokenCertificate, ...]](_HERE + "tokens", "token_certificates")
USE_TOKEN_CERTIFICATE = Deed[CertificateShelf](_HERE + "tokens", "use_token_certificate")
OPEN_TOKEN = Deed[CertificateShelf](_HERE + "tokens", "open_token")
UNLOCK_KEYSTORE = Deed[CertificateShelf](_HERE + "keystores", "unlock_keystore")
START_PASSPHRASE = Deed[CertificateShelf](_HERE + "keystores", "start_passphrase")
TRY_CONNECTION = Deed[LadderView](_HERE + "ladder", "try_connection")
TRY_SYNTHETIC_CASE = Deed[LadderView](_HERE + "ladder", "try_synthetic_case")

ENTRANCE_FACTS = Deed[EntranceView](_HERE + "entrance_facts", "entrance_facts")
READ_AUTHORITIES = Deed[AuthorityFile](_HERE + "entrance_facts", "read_authorities")
KEEP_AUTHORITIES = Deed[str](_HERE + "entrance_facts", "keep_authorities")
READ_REVOCATION = Deed[RevocationFile](_HERE + "entrance_facts", "read_revocation")
KEEP_PROXY_PASSWORD = Deed[None](_HERE + "entrance_facts", "keep_proxy_password")

START_STAGE = Deed[LocalStage](_HERE + "local_stage", "start_stage")
RUNNING_STAGE = Deed["LocalStage | None"](_HERE + "local_stage", "running_stage")
IMPORT_STAGE_CERTIFICATE = Deed[CertificateShelf](_HERE + "local_stage", "import_stage_certificate")

PLAN_SENDING = Deed[SendPlan](_HERE + "send", "plan_sending")
SEND = Deed[SendReport](_HERE + "send", "send")

READ_STAGE_FELLISTA = Deed[FellistaView](_HERE + "fellista", "read_stage_fellista")
READ_FELLISTA = Deed[FellistaView](_HERE + "fellista", "read_fellista")
READ_FELLISTA_TEXT = Deed[FellistaView](_HERE + "fellista", "read_fellista_text")

CHECKLIST = Deed[tuple[ChecklistItem, ...]](_HERE + "acceptance", "checklist")
JOURNAL_PAGE = Deed[JournalPage](_HERE + "history", "journal_page")
CERTIFICATE_EVENTS = Deed[CertificateEventPage](_HERE + "history", "certificate_events")
JOURNAL_EVENTS = Deed[EventPage](_HERE + "history", "journal_events")

LOAD_PROFILE_OF = Deed[Profile](_HERE + "profiles", "load_profile_of")
TRY_RULE = Deed[RuleTrial](_HERE + "own_rules", "try_rule")
REGISTER_STATUS = Deed[tuple[RegisterStatus, ...]](_HERE + "registers", "register_status")
IMPORT_REGISTER = Deed[RegisterView](_HERE + "registers", "import_register")
REMOVE_REGISTER = Deed[tuple[RegisterStatus, ...]](_HERE + "registers", "remove_register")

PROFILE_ENTRIES = Deed[tuple[ProfileEntry, ...]](_HERE + "profiles", "profile_entries")
IMPORT_PROFILE = Deed[BindingView](_HERE + "profiles", "import_profile")
EXPORT_PROFILE = Deed[None](_HERE + "profiles", "export_profile")
REMOVE_PROFILE = Deed[None](_HERE + "profiles", "remove_profile")
BINDING_OF = Deed[BindingView](_HERE + "profiles", "binding_of")
SAVE_BINDING = Deed[BindingView](_HERE + "profiles", "save_binding")
MOVE_PROJECT = Deed[MovedProject](_HERE + "moving", "move_project")
COMPARE_PROFILES: "Deed[ProfileDiff]" = Deed(_HERE + "profile_compare", "compare_profiles")
