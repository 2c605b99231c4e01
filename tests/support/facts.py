"""What the public sources say of SPOR 4.1, typed by hand.

From the technical integration guide for 4.1, the register's news, and the public facts gathered
from its questions and answers; not made from the profile.
"""

from app.core.register import Confidence, Mandatory, Profile, ValueType
from app.files.profile import load_shipped
from tests.support.profile import shipped

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
    ("oppenSlutenVard", "Öppen/sluten vård", CODE, "okand", UNKNOWN, INFERRED, INFERRED),
    ("forstaAnmalan", "Första anmälningsdatum", TIME, "anmalan", UNKNOWN, INFERRED, STATED),
    ("deltagande", "Deltagande", CODE, "okand", NO, INFERRED, STATED),
    ("ankomstPostop", "Ankomst till postop", TIME, "postop", UNKNOWN, INFERRED, INFERRED),
]

# list, code, the Swedish text up to a comma or bracket of ours, how sure, whether it may be sent
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
    ("pak", "A315", "Hypotermi (< 36 grader)", STATED, True),
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
    ("pak", "A715", "Laboratorievärden (texten okänd)", STATED, True),
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

# The register's own wording, how sure the row is, and whether it has a condition. The numbers of a
# list are those of the source's own order.
KORRUPT = [
    ("Felaktigt BMI", ASSUMED, True),
    ("Flera ostrukna planerade operationer", INFERRED, True),
    ("Felaktig anestesikod", INFERRED, True),
    ("Operationsstart före eller lika med anmälan", INFERRED, True),
    ("Akut väntetid längre än två veckor", STATED, True),
    ("Patienttidslut efter patient ut från postop", INFERRED, True),
    ("Orimliga datum", ASSUMED, True),
    ("Operationsstart före/samtidigt som strykning", INFERRED, True),
    ("Mer än 7 dygn på postop", INFERRED, True),
    ("Anestesitidstart efter anestesitidslut", INFERRED, True),
    ("Operationsstart efter operationsslut", STATED, True),
    ("Patient ut från opsal före in", INFERRED, True),
    ("Patienttidslut före operationsslut", INFERRED, True),
    ("Operationsstart före patienttidstart", INFERRED, True),
    ("Patienttidslut före patienttidstart", INFERRED, True),
    ("Uppdukningsstart efter uppdukningsslut", INFERRED, True),
    ("Felaktigt patient-id", INFERRED, True),
    ("Ogiltig SPOR-strykningsorsak", INFERRED, True),
    ("Ogiltig ICD-10-kod", INFERRED, True),
    ("Ogiltig KVÅ-kod", INFERRED, True),
    ("Ogiltig komplikationskod", INFERRED, True),
    ("Operationsstart före födelsedatum", INFERRED, True),
    ("Preoperativ anestesi start efter patienttidstart", INFERRED, True),
    ("Operationskod kräver funktionsbedöming ASA 6", STATED, False),
]
INKONSISTENT = [
    ("Operationssalen är inte inlagd i SPOR", STATED, False),
    ("Operationskliniken är inte inlagd i SPOR", STATED, False),
    ("Akutplanering vid elektiv operation", INFERRED, True),
]

# The sending rules of the guide and of two questions: number, words of ours, words of the remedy
# or of why it is not checked. All are stated; the words are our own.
SENDING = [
    (1, "ersätter allt: skicka alltid hela ärendet", "alltid hela ärendet ur exporten"),
    (2, "Inga tomma XML-taggar", "det som inte är journalfört utelämnas"),
    (3, "Tom planering", "Skicka bara anmälan. En tom planering är tillåten men oönskad"),
    (4, "Avförande av endast anmäld", "Skicka bara de tre strykningsvariablerna"),
    (5, "Planeringen räknas inte", "V415 eller V420 och V425 eller V430"),
    (6, "strykning av endast anmäld operation", "en starttid och en sluttid"),
    (7, "Struken, inte avförd och utan ny planering", "ny ostruken planering"),
    (8, "Patienter som avböjt skickas aldrig", "projektets spärr"),
    (9, "Ingen sändning 05:15-06:00", "Skicka före 05"),
    (10, "2022-04-13T13:54:22+01:00", "räknar ut tidszonen"),
    (
        11,
        "Allt som registreras i planeringssystemet",
        "ECT, elkonvertering, blockader och epidural",
    ),
    (12, "Akuta strykningar skickas om det finns en planerad tid", "inte med i dagens rapporter"),
]

# What is worth a note without a known rule, and how sure: what the sources say is stated, what we
# make of it is not.
NOTES = [
    ("Avförd från väntelistan men har en ostruken planering", INFERRED),
    ("KVÅ-koden är borttagen i år", STATED),
    ("ICD-10-koden är borttagen i år", STATED),
    ("Knivtid start före operationsstart", STATED),
    ("Knivtid slut före knivtid start", INFERRED),
    ("Första anmälan efter anmälan", INFERRED),
    ("A0 kan räknas som komplikation", INFERRED),
    ("Operationen saknar operationstid", INFERRED),
    ("Akut operation utan akut planering", INFERRED),
    ("Samordningsnummer med okänd eller omöjlig födelsetid", INFERRED),
    ("Patienten är enligt personnumret född efter anmälan", ASSUMED),
]

# Rules on two times: wording, the two, and whether it is broken when the first is earlier, the
# same, later. Equal times are allowed but where the wording says otherwise.
EARLIER, SAME, LATER = (True, False, False), (True, True, False), (False, False, True)
TIMES = [
    ("Operationsstart före eller lika med anmälan", "V565", "V310", SAME),
    ("Patienttidslut efter patient ut från postop", "V585", "V800", LATER),
    ("Anestesitidstart efter anestesitidslut", "anestesiStart", "anestesiSlut", LATER),
    ("Operationsstart efter operationsslut", "V565", "V570", LATER),
    ("Patient ut från opsal före in", "patientUtSal", "patientInSal", EARLIER),
    ("Patienttidslut före operationsslut", "V585", "V570", EARLIER),
    ("Operationsstart före patienttidstart", "V565", "V540", EARLIER),
    ("Patienttidslut före patienttidstart", "V585", "V540", EARLIER),
    ("Uppdukningsstart efter uppdukningsslut", "uppdukningStart", "uppdukningSlut", LATER),
    (
        *("Preoperativ anestesi start efter patienttidstart", "preoperativAnestesiStart", "V540"),
        LATER,
    ),
    ("Knivtid start före operationsstart", "V567", "V565", EARLIER),
]

# Which code list a variable has, "" for none that is known
LISTS = {
    "V105": "recipient",
    "V320": "akut_elektiv",
    "V325": "akut_planering",
    "V335": "eftervardsniva",
    "V690": "eftervardsniva",
    "V810": "eftervardsniva",
    "V445": "strykningsorsak",
    "V450": "ja_nej_v450",
    "asa": "asa",
    "peropKod": "",
    "postopKod": "",
}

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
    ("regler_2019", "25 regler för korrupta registreringar; sidan räknar upp 24", STATED),
    ("kallor", "https://spor.se/nyhet/page/3/", STATED),
    ("form_datum", "2022-04-13T13:54:22+01:00", STATED),
    ("form_hsa_id", r"\w\w\d+\-.*", STATED),
    ("form_personnummer", "12 siffror", STATED),
    ("sandningstillfallen", "(V415 eller V410), avförts (V450 = Ja)", STATED),
    ("kodregister_ar", "3-4 månader", STATED),
    ("urakut_i_efterhand", "Anmälan sätts lika med start", STATED),
    ("rattning_elektiv_blir_akut", "ändras V310 till tiden för beslutet", STATED),
    ("rattning_akut_over_14_dagar", "senast sparade beslutet", STATED),
    ("rattning_registrerad_i_efterhand", "tidsstämpel i V310 måste flyttas aktivt", STATED),
    ("strykningsorsak_niva", "12 skickas aldrig in", STATED),
    ("pak", "version 3.0 från maj 2016", STATED),
    ("organisationsnivaer", "förvaltning", STATED),
    ("eftervardsniva_syfte", "konverteringstabell", STATED),
    ("version_4_0", "2020-01-01", STATED),
    ("version_programvara", "SPOR 4.3.0", STATED),
    ("version_4_0_8", "redan när det är endast anmält eller planerat", STATED),
    ("version_knivtid", "2023-01-01", STATED),
    ("version_obligatoriska", "69 variabler, varav 19 obligatoriska", STATED),
    ("spor_operation", "SP712-SP799", STATED),
    ("storning", "hade planerats i tid", STATED),
    ("sen_strykning", "efter klockan 17.00 dagen före", STATED),
    ("planerad_operation", "V415 eller V420 och V430 eller V425", STATED),
    ("vantetid", "V310 till V565", STATED),
    ("vantetid_oppen_rapport", "kejsarsnitt", STATED),
    ("elektiv_tid", "07:00-17:00 och fredag 07:00-14:00", STATED),
    ("utnyttjandegrad_patienttid", "V585 - V540", STATED),
    ("utnyttjandegrad_operationstid", "V570 - V565", STATED),
    ("operationstid", "V565 till V570", STATED),
    ("knivtid", "incision till sista stygn", STATED),
    ("akut_prioritet_uppfylld", "från anmälan", STATED),
    ("hoftfraktur", "SPOR räknar från anmälan", STATED),
    ("urval_i_rapport", "ärendet är inte korrupt", STATED),
    ("gardagens_utfall", "klockan 05", STATED),
    ("processdata_vecka", "07.00", INFERRED),
    ("kvalitetsindex", "Nio parametrar med 0, 0,5 eller 1,0 poäng", STATED),
    ("ifyllnadsgrad", "Formeln är inte känd", STATED),
    ("checklista_kolada", "N79181", INFERRED),
    ("mortalitet", "ASA, ålder och kodgrupp", STATED),
]

# How a case counts, first to last, and how sure
VERDICTS = [
    *(("ut_fran_postop", INFERRED), ("genomford", INFERRED), ("avford", STATED)),
    *(("struken_sent", INFERRED), ("struken_planerad", STATED), ("struken_anmald", STATED)),
    *(("planerad", STATED), ("anmald", STATED)),
]


def other_reading() -> Profile:
    """The shipped profile in the less likely reading of the sources."""
    return load_shipped(f"{shipped().id}:R2")
