"""Sentences on what changed between two register profiles, and on the pages of one."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "register-page-unknown": N_(
        "The register profile {profile} has nothing called {name}. Search by number or name."
    ),
    # What a change means for a project. A dash stands for a count without a loaded export.
    "effect-nothing": N_("Nothing changes for this project."),
    "effect-followed": N_("Nothing to do: the program follows by itself."),
    "effect-link-lost": N_(
        "{variable} is gone and its link is no longer used. Cases with a value: {cases}."
    ),
    "effect-not-sent": N_(
        "{variable} has no element any more and is not sent. Cases with a value: {cases}."
    ),
    "effect-link-missing": N_("{variable} is demanded and has no link. Link it."),
    "effect-link-possible": N_("{variable} can be linked when there are values for it."),
    "effect-link-renamed": N_("The link of {before} belongs to {after} from now on."),
    "effect-group-moved": N_(
        "{variable} stands in another repeated part. Look at the table its rows come from."
    ),
    "effect-group-lost": N_("The part {group} is gone and the choice of its rows is not used."),
    "effect-group-renamed": N_("The choice of rows for {before} belongs to {after} from now on."),
    "effect-conversion": N_(
        "{variable} has another type. Look at its conversion. Cases with a value: {cases}."
    ),
    "effect-unit": N_(
        "{variable} is wanted in {after}, no longer in {before}. Look at its conversion. Cases "
        "with a value: {cases}."
    ),
    "effect-values-missing": N_("{variable} is demanded. Cases without a value: {cases}."),
    "effect-values-refused": N_(
        "{variable} takes fewer values. Cases with one that no longer fits: {cases}."
    ),
    "effect-too-many": N_("{group} may occur at most {most} times. Cases with more: {cases}."),
    "effect-element-unbound": N_(
        "The contract demands {element} and no variable is bound to it. Bind one before sending."
    ),
    "effect-codes-gone": N_(
        "{variables}: codes gone: {count} ({codes}). Cases that use them: {cases}."
    ),
    "effect-codes-gone-mapped": N_(
        "{variables}: codes gone: {count} ({codes}). Cases that use them: {cases}. Value maps that "
        "lead to them: {maps}."
    ),
    "effect-code-ends": N_("{variables}: {codes} ends {after}. Cases that use it: {cases}."),
    "effect-codes-new": N_("{variables}: local values can be mapped to the new codes {codes}."),
    "effect-code-renamed": N_(
        "{variables}: {before} is now written {after}. Value maps that lead to it: {maps}."
    ),
    "effect-rule-new": N_("Cases that break the rule: {cases}."),
    "effect-rule-gone": N_("Cases that broke the rule: {cases}."),
    "effect-rule-changed": N_("Cases that broke the rule: {before}. With the change: {cases}."),
    "effect-rule-unchecked": N_("The rule cannot be checked here."),
    "effect-verdict-changed": N_(
        "Cases for which the condition holds: {before}. With the change: {cases}."
    ),
    "effect-entrance-gone": N_("{entrance} can no longer be chosen when sending."),
    "effect-address-moved": N_("Cases are sent to {address}."),
    "effect-certificate": N_("{entrance} takes another kind of certificate. Check yours."),
}

NAMES: dict[str, str] = {
    # Kinds of change
    "change-new": N_("New"),
    "change-removed": N_("Removed"),
    "change-renamed": N_("Renamed"),
    "change-moved": N_("Moved"),
    "change-tightened": N_("Tightened"),
    "change-loosened": N_("Loosened"),
    "change-changed": N_("Changed"),
    # What changed
    "subject-variable": N_("Variable"),
    "subject-element": N_("Element"),
    "subject-group": N_("Repeated part"),
    "subject-code": N_("Code list"),
    "subject-rule": N_("Rule"),
    "subject-verdict": N_("Verdict"),
    "subject-section": N_("Section"),
    "subject-entrance": N_("Entrance"),
    "subject-message": N_("Message"),
    "subject-definition": N_("Definition"),
    "subject-register": N_("Code register"),
    "subject-reading": N_("Reading"),
    "subject-setting": N_("Setting"),
    "subject-phase": N_("Phase"),
    "subject-count": N_("What a case counts in"),
    # Of what
    "field-id": N_("id"),
    "field-name": N_("name"),
    "field-meaning": N_("meaning"),
    "field-type": N_("type"),
    "field-unit": N_("unit"),
    "field-section": N_("section"),
    "field-mandatory": N_("mandatory"),
    "field-confidence": N_("sureness"),
    "field-mandatory_confidence": N_("sureness of mandatory"),
    "field-cardinality_confidence": N_("sureness of how often"),
    "field-element_confidence": N_("sureness of the element"),
    "field-message_confidence": N_("sureness of the wording"),
    "field-group": N_("repeated part"),
    "field-code_list": N_("code list"),
    "field-element": N_("element"),
    "field-path": N_("place"),
    "field-order": N_("order"),
    "field-minimum": N_("at least"),
    "field-maximum": N_("at most"),
    "field-enumeration": N_("listed values"),
    "field-namespace": N_("namespace"),
    "field-codes": N_("codes"),
    "field-code": N_("code"),
    "field-sendable": N_("may be sent"),
    "field-valid_from": N_("valid from"),
    "field-valid_to": N_("valid to"),
    "field-is_complete": N_("complete"),
    "field-fold_up": N_("sent as"),
    "field-remedy": N_("remedy"),
    "field-tier": N_("tier"),
    "field-since": N_("from"),
    "field-until": N_("until"),
    "field-condition": N_("condition"),
    "field-variables": N_("variables"),
    "field-not_checkable": N_("why it is not checked"),
    "field-barred_by": N_("barred by"),
    "field-not_computable": N_("why one case cannot tell"),
    "field-address": N_("address"),
    "field-kind": N_("kind"),
    "field-test_certificate": N_("takes test certificates"),
    "field-client_issuers": N_("issuers of client certificates"),
    "field-server_issuers": N_("issuers of the server's certificate"),
    "field-wording": N_("wording"),
    "field-pattern": N_("form"),
    "field-length": N_("length"),
    "field-minLength": N_("shortest"),
    "field-maxLength": N_("longest"),
    "field-minInclusive": N_("least value"),
    "field-maxInclusive": N_("greatest value"),
    "field-minExclusive": N_("greater than"),
    "field-maxExclusive": N_("less than"),
    "field-totalDigits": N_("digits"),
    "field-fractionDigits": N_("decimals"),
    "field-months": N_("months of grace"),
    "field-value": N_("value"),
}
