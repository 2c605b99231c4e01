"""What the public sources say of SPOR 4.1, typed by hand.

From the technical integration guide for 4.1, the register's news, and the public facts gathered
from its questions and answers; not made from the profile.
"""

from app.core.register import Confidence, Mandatory, ValueType

STATED, INFERRED, ASSUMED = Confidence.STATED, Confidence.INFERRED, Confidence.ASSUMED
YES, CONDITIONAL, NO, UNKNOWN = (
    *(Mandatory.YES, Mandatory.CONDITIONAL),
    *(Mandatory.NO, Mandatory.UNKNOWN),
)
TIME, CODE, TEXT, NUMBER = ValueType.DATETIME, ValueType.CODE, ValueType.TEXT, ValueType.NUMBER
DAY, PERSON, HSA = ValueType.DATE, ValueType.PERSON_ID, ValueType.HSA_ID

# number, words of the Swedish name, type, section, mandatory and how sure that is, how sure the row
NUMBERED = [
    ("V105", "Recipient Message Split", CODE, "administration", YES, STATED, STATED),
    ("V310", "Tidpunkt för operationsanmälan", TIME, "anmalan", YES, INFERRED, STATED),
    ("V320", "Akut/Elektivt", CODE, "anmalan", YES, INFERRED, STATED),
    ("V325", "Akut planering", CODE, "anmalan", CONDITIONAL, INFERRED, STATED),
    ("V335", "Eftervårdsnivå", CODE, "anmalan", UNKNOWN, INFERRED, STATED),
    ("V410", "Tidpunkt op-planering", TIME, "planering", NO, INFERRED, STATED),
    ("V415", "Planerad patienttid start", TIME, "planering", CONDITIONAL, STATED, STATED),
    ("V420", "Planerad operationstid start", TIME, "planering", CONDITIONAL, STATED, STATED),
    ("V425", "Planerad operationstid slut", TIME, "planering", CONDITIONAL, STATED, STATED),
    ("V430", "Planerad patienttid slut", TIME, "planering", CONDITIONAL, STATED, STATED),
    (
        *("V435", "Tidpunkt då patient kallas till operation", TIME, "planering"),
        *(UNKNOWN, INFERRED, STATED),
    ),
    ("V440", "Tidpunkt för strykning", TIME, "strykning", CONDITIONAL, STATED, INFERRED),
    ("V445", "Strykningsorsak", CODE, "strykning", CONDITIONAL, STATED, INFERRED),
    ("V450", "Avförs från väntelistan", CODE, "strykning", CONDITIONAL, STATED, STATED),
    ("V540", "Patienttid start", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("V565", "Operation start", TIME, "operation", CONDITIONAL, STATED, STATED),
    ("V567", "Knivtid start", TIME, "operation", NO, STATED, STATED),
    ("V570", "Operation slut", TIME, "operation", CONDITIONAL, STATED, STATED),
    ("V585", "Patienttid slut", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("V675", "Temperatur (1)", NUMBER, "operation", UNKNOWN, INFERRED, STATED),
    ("V676", "Temperatur (2)", NUMBER, "operation", UNKNOWN, INFERRED, STATED),
    ("V690", "Eftervårdsnivå", CODE, "operation", UNKNOWN, INFERRED, STATED),
    ("V800", "Patient ut från postop", TIME, "postop", UNKNOWN, INFERRED, STATED),
    ("V810", "Eftervårdsnivå", CODE, "postop", UNKNOWN, INFERRED, STATED),
    ("V875", "Temperatur, postop", NUMBER, "postop", UNKNOWN, INFERRED, INFERRED),
]

# Those known by name only. The ids are our own.
NAMED = [
    ("behandlingsnummer", "Behandlingsnummer", TEXT, "administration", YES, INFERRED, STATED),
    ("SystemId", "SystemId", HSA, "administration", YES, INFERRED, STATED),
    ("patientId", "samordningsnummer", PERSON, "patient", YES, INFERRED, STATED),
    ("anslutandeHsaId", "Anslutande HSA-id", HSA, "okand", NO, INFERRED, STATED),
    ("fodelsedatum", "Födelsedatum", DAY, "patient", UNKNOWN, INFERRED, STATED),
    ("kon", "Kön", CODE, "patient", UNKNOWN, INFERRED, INFERRED),
    ("vardandeEnhet", "Vårdande enhet", HSA, "operation", UNKNOWN, INFERRED, STATED),
    ("operationssal", "Operationssal", TEXT, "operation", UNKNOWN, INFERRED, STATED),
    ("planeradSal", "operationssal", TEXT, "planering", UNKNOWN, INFERRED, INFERRED),
    ("operationsklinik", "Operationsklinik", TEXT, "operation", UNKNOWN, INFERRED, STATED),
    ("preliminarOperationskod", "operationskod", CODE, "anmalan", UNKNOWN, INFERRED, STATED),
    ("operationskod", "Operationskod", CODE, "operation", YES, STATED, STATED),
    ("preliminarDiagnos", "Preliminär diagnos", CODE, "anmalan", UNKNOWN, INFERRED, STATED),
    ("diagnos", "Diagnos", CODE, "operation", UNKNOWN, INFERRED, STATED),
    ("anestesikod", "Anestesikod", CODE, "operation", UNKNOWN, INFERRED, STATED),
    ("asa", "Funktionsbedömning ASA", CODE, "operation", NO, INFERRED, STATED),
    ("bmi", "BMI", NUMBER, "operation", NO, INFERRED, STATED),
    ("langd", "Längd", NUMBER, "operation", NO, INFERRED, ASSUMED),
    ("vikt", "Vikt", NUMBER, "operation", NO, INFERRED, ASSUMED),
    (
        *("preoperativAnestesiStart", "Preoperativ anestesi start", TIME, "operation"),
        *(UNKNOWN, INFERRED, STATED),
    ),
    ("anestesiStart", "Anestesitid start", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("anestesiSlut", "Anestesitid slut", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("patientInSal", "Patient in på opsal", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("patientUtSal", "Patient ut från opsal", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("uppdukningStart", "Uppdukning start", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("uppdukningSlut", "Uppdukning slut", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("positioneringStart", "Positionering start", TIME, "operation", UNKNOWN, INFERRED, STATED),
    ("knivtidSlut", "Knivtid slut", TIME, "operation", NO, STATED, STATED),
    ("peropKod", "PAK-OP", CODE, "perop_komplikation", CONDITIONAL, INFERRED, STATED),
    (
        *("peropSvarighetsgrad", "Svårighetsgrad", CODE, "perop_komplikation"),
        *(CONDITIONAL, INFERRED, STATED),
    ),
    ("postopKod", "PAK-UVA", CODE, "postop_komplikation", CONDITIONAL, INFERRED, STATED),
    (
        *("postopSvarighetsgrad", "Svårighetsgrad", CODE, "postop_komplikation"),
        *(CONDITIONAL, INFERRED, STATED),
    ),
    ("checklista", "Checklista", CODE, "operation", NO, INFERRED, STATED),
    ("smarta", "Postoperativ smärta", NUMBER, "postop", NO, INFERRED, STATED),
    ("illamaende", "Postoperativt illamående", TEXT, "postop", NO, INFERRED, STATED),
    ("antibiotikaprofylax", "Antibiotikaprofylax", CODE, "operation", NO, INFERRED, STATED),
    ("oppenSlutenVard", "Öppen/sluten vård", CODE, "okand", UNKNOWN, INFERRED, STATED),
    ("forstaAnmalan", "Första anmälningsdatum", TIME, "anmalan", UNKNOWN, INFERRED, STATED),
    ("deltagande", "Deltagande", CODE, "okand", NO, INFERRED, STATED),
    ("ankomstPostop", "Ankomst till postop", TIME, "postop", UNKNOWN, INFERRED, INFERRED),
]

# list, code, words of the Swedish text, how sure, whether it may be sent
CODES = [
    ("recipient", "SPOR", "SPOR", STATED, True),
    ("akut_elektiv", "akut", "Akut", ASSUMED, True),
    ("akut_elektiv", "elektiv", "Elektiv", ASSUMED, True),
    ("akut_planering", "omedelbart", "Omedelbart", ASSUMED, True),
    ("akut_planering", "inom2h", "Inom 2 timmar", ASSUMED, True),
    ("akut_planering", "inom6h", "Inom 6 timmar", ASSUMED, True),
    ("akut_planering", "inom24h", "Inom 24 timmar", ASSUMED, True),
    ("akut_planering", "inom7d", "Subakut inom 7 dagar", ASSUMED, True),
    ("akut_planering", "inom14d", "Inom 14 dagar", ASSUMED, True),
    ("ja_nej_v450", "Ja", "Ja", STATED, True),
    ("ja_nej_v450", "Nej", "Nej", INFERRED, True),
    ("eftervardsniva", "dagkirurgi", "Dagkirurgi", ASSUMED, True),
    ("eftervardsniva", "postop", "Postop", ASSUMED, True),
    ("eftervardsniva", "oppenvard", "Öppen vård", ASSUMED, True),
    ("eftervardsniva", "slutenvard", "Slutenvård", ASSUMED, True),
    ("eftervardsniva", "iva", "IVA", ASSUMED, True),
    *(("asa", str(number), f"ASA {number}", INFERRED, True) for number in range(1, 6)),
    ("asa", "6", "ASA 6", STATED, True),
    ("svarighetsgrad", "1", "Grad 1", STATED, True),
    ("strykningsorsak", "1", "Annan operation prioriteras", STATED, False),
    ("strykningsorsak", "1a", "Akut operation prioriteras", STATED, True),
    ("strykningsorsak", "1ai", "Akut levertransplantation prioriteras", STATED, False),
    ("strykningsorsak", "4", "Icke optimerad patient", INFERRED, False),
    ("strykningsorsak", "4d", "Icke optimerad patient, övrigt", STATED, True),
    ("strykningsorsak", "7a", "Akut sjukdom hos patient", STATED, True),
    ("strykningsorsak", "8", "Utrustning och lokal", STATED, False),
    ("strykningsorsak", "8B", "Galler/operationsmaterial saknas", STATED, True),
    ("strykningsorsak", "11", "Annat", STATED, False),
    ("strykningsorsak", "11C", "Platsbrist pga säsongsmitta", STATED, True),
    ("strykningsorsak", "12", "12 skickas aldrig in", STATED, False),
    ("pak", "A0", "Ingen avvikelse", INFERRED, True),
    ("pak", "A1", "Luftväg", STATED, False),
    ("pak", "A126", "Hypoxi", INFERRED, True),
    ("pak", "A127", "Hypoventilation", INFERRED, True),
    ("pak", "A128", "Oplanerat byte av LMA", STATED, True),
    ("pak", "A129", "Trakealkanyl, dislokation eller obstruktion", STATED, True),
    ("pak", "A2", "Cirkulation", STATED, False),
    ("pak", "A222", "Ersätter A212", STATED, True),
    ("pak", "A223", "Blödning > halva blodvolymen", STATED, True),
    ("pak", "A3", "Systemreaktion", STATED, False),
    ("pak", "A314", "Shivering", STATED, True),
    ("pak", "A315", "Hypotermi (< 36", STATED, True),
    ("pak", "A318", "Toxisk reaktion på lokalanestetika", STATED, True),
    ("pak", "A4", "CNS", STATED, False),
    ("pak", "A411", "Kramper", STATED, True),
    ("pak", "A415", "Total spinal", STATED, True),
    ("pak", "A5", "Skada av organ/kroppsdel", STATED, False),
    ("pak", "A534", "Överfylld blåsa", STATED, True),
    ("pak", "A535", "Kateteriseringsproblem", STATED, True),
    ("pak", "A536", "Operation/anestesi av fel kroppsdel/sida", STATED, True),
    ("pak", "A6", "Läkemedelshantering", STATED, False),
    ("pak", "A614", "Felaktig funktion av rätt givet läkemedel", STATED, True),
    ("pak", "A7", "Laboratorievärden", STATED, False),
    ("pak", "A715", "texten okänd", STATED, True),
    ("pak", "A945", "Direkt kontamination", STATED, True),
    ("pak_borttagna", "A122", "Ersatt av A126 och A127", STATED, False),
    ("pak_borttagna", "A212", "Ersatt av A222", STATED, False),
    ("pak_borttagna", "A317", "Njursvikt", STATED, False),
    ("pak_borttagna", "A413", "Centralt antikolinergt syndrom", STATED, False),
    ("pak_borttagna", "A711", "Anemi", STATED, False),
    ("kva_avbruten", "ZXF99", "Annan orsak till avbruten operation", STATED, True),
    *(
        ("kva_spor_operation", code, code, STATED, True)
        for code in ("TPX10", "TPX15", "UJK02", "UJK05", "SP105", "SP183", "SP502", "SP505")
    ),
    ("kva_spor_operation", "SP815", "SP815", STATED, True),
    ("kva_spor_operation", "SP816", "SP816", STATED, True),
]

# The register's own wording, and how sure our condition is (None: it cannot be checked).
KORRUPT = [
    ("Felaktigt BMI", ASSUMED),
    ("Flera ostrukna planerade operationer", INFERRED),
    ("Felaktig anestesikod", None),
    ("Operationsstart före eller lika med anmälan", INFERRED),
    ("Akut väntetid längre än två veckor", STATED),
    ("Patienttidslut efter patient ut från postop", INFERRED),
    ("Orimliga datum", ASSUMED),
    ("Operationsstart före/samtidigt som strykning", INFERRED),
    ("Mer än 7 dygn på postop", INFERRED),
    ("Anestesitidstart efter anestesitidslut", INFERRED),
    ("Operationsstart efter operationsslut", STATED),
    ("Patient ut från opsal före in", INFERRED),
    ("Patienttidslut före operationsslut", INFERRED),
    ("Operationsstart före patienttidstart", INFERRED),
    ("Patienttidslut före patienttidstart", INFERRED),
    ("Uppdukningsstart efter uppdukningsslut", INFERRED),
    ("Felaktigt patient-id", INFERRED),
    ("Ogiltig SPOR-strykningsorsak", INFERRED),
    ("Ogiltig ICD-10-kod", None),
    ("Ogiltig KVÅ-kod", None),
    ("Ogiltig komplikationskod", INFERRED),
    ("Operationsstart före födelsedatum", INFERRED),
    ("Preoperativ anestesi start efter patienttidstart", INFERRED),
    ("Operationskod kräver funktionsbedöming ASA 6", None),
]
INKONSISTENT = [
    ("Operationssalen är inte inlagd i SPOR", None),
    ("Operationskliniken är inte inlagd i SPOR", None),
    ("Akutplanering vid elektiv operation", INFERRED),
]
YEARLY = {"Ogiltig ICD-10-kod", "Ogiltig KVÅ-kod", "Felaktig anestesikod"}

# What the register says: id, values of an example, the example as it is quoted
SAID = [
    ("created_text", {"case": "2200054"}, "Skapade: 2200054"),
    ("updated_text", {"case": "2200054"}, "Uppdaterade: 2200054"),
    (
        "unknown_system_text",
        {"system": "SE13-137"},
        "Systemet SE13-137 som angivits i SystemId hittas inte",
    ),
    (
        "rejected_text",
        {
            "case": "2200054",
            "reason": "Systemet SE13-137 som angivits i SystemId hittas inte",
        },
        "Systemet kunde inte ta emot registreringen: 2200054 Systemet SE13-137 som angivits i"
        " SystemId hittas inte",
    ),
    ("ok_text", {}, "transaktionen har utförts enligt uppdraget i frågemeddelandet."),
    ("error_text", {}, "transaktionen har inte kunnat utföras p.g.a. logiskt fel."),
    ("server_error_text", {}, "HTTP/1.1 500 Internal Server Error"),
    ("handshake_text", {}, "SSL handshake failure"),
    ("unmarshalling_text", {"message": "cvc"}, "Unmarshalling Error: cvc"),
    (
        "pattern_text",
        {"value": "H-CAR", "pattern": r"(\w\w\d\d\d)|(\w\w\w\d\d)", "type": "kvakod"},
        "cvc-pattern-valid: Value 'H-CAR' is not facet-valid with respect to pattern"
        r" '(\w\w\d\d\d)|(\w\w\w\d\d)' for type 'kvakod'",
    ),
]

# What a term means: id, words of the Swedish meaning, how sure
DEFINITIONS = [
    ("utfall_0_handskakning", "SSL handshake failure", STATED),
    ("utfall_1_formatfel", "HTTP 500", STATED),
    ("utfall_2_avvisad", "Avvisade registreringar", STATED),
    ("utfall_3_korrupt", "hela ärendet lämnas utanför alla rapporter", STATED),
    ("utfall_4_inkonsistent", "bara de data som hänger på namnet", STATED),
    ("form_hsa_id", r"\w\w\d+\-.*", STATED),
    ("form_datum", "2022-04-13T13:54:22+01:00", STATED),
    ("form_personnummer", "12 siffror", STATED),
    ("kodregister_ar", "3-4 månader", STATED),
    ("strykningsorsak_niva", "12 skickas aldrig in", STATED),
    ("pak", "version 3.0", STATED),
    ("organisationsnivaer", "förvaltning", STATED),
    ("eftervardsniva_syfte", "konverteringstabell", STATED),
    ("spor_operation", "SP712-SP799", STATED),
    ("sen_strykning", "17.00", STATED),
    ("vantetid", "V310 till V565", STATED),
    ("elektiv_tid", "07:00-17:00", STATED),
    ("utnyttjandegrad_patienttid", "V585 - V540", STATED),
    ("utnyttjandegrad_operationstid", "V570 - V565", STATED),
    ("processdata_vecka", "07.00", INFERRED),
    ("rattning_elektiv_blir_akut", "V310", STATED),
    ("rattning_akut_over_14_dagar", "V310", STATED),
    ("rattning_registrerad_i_efterhand", "V310", STATED),
    ("version_4_0", "2020-01-01", STATED),
    ("version_knivtid", "2023-01-01", STATED),
]
