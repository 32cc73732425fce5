"""Which field a heading names, in English, German, French and Italian.

A heading says a field outright (`Geburtsdatum`), or a kind and a part of it (`Therapy 2 start`),
where the kind may stand in a heading above or to the left.
"""

import re
from dataclasses import dataclass
from functools import cache

from models.base import described_fields
from models.exchange.matching.targets import NAME, NAME_GIVEN_FIRST, SEVERAL, Target, offered
from models.exchange.matching.words import plain
from models.folding import words_of
from models.laboratory import ANALYTES
from models.records import BY_NAME

_OUTRIGHT = {
    "patient.mrn": "mrn;patient id;patient no;patient number;pat id;pat nr;patienten id;"
    "patientennummer;patienten nr;pid;ipp;hospital number;hospital no;record number;numero patient;"
    "no patient;numero paziente;id paziente;id patient;medical record number",
    f"patient.{NAME}": "name;patient;patient name;name patient;nom;nome;name vorname;"
    "nachname vorname;family name given name;last name first name;surname first name;"
    "cognome nome;nom prenom;patientenname;surname given name",
    f"patient.{NAME_GIVEN_FIRST}": "vorname name;vorname nachname;given name family name;"
    "first name last name;nome cognome;prenom nom;full name",
    "patient.family_name": "surname;last name;nachname;familienname;cognome;nom de famille",
    "patient.given_name": "first name;forename;vorname;prenom",
    "patient.birth_date": "dob;date of birth;birthdate;birthday;born;geburtsdatum;geb datum;geb;"
    "geboren;geboren am;date naissance;date de naissance;naissance;data nascita;"
    "data di nascita;ne le",
    "patient.sex": "gender;geschlecht;sexe;sesso;f m;m f;m w;w m",
    "patient.phone": "phone;tel;telefon;telefono;mobile",
    "patient.email": "email;mail",
    "patient.address": "adresse;indirizzo",
    "patient.general_practitioner": "gp;hausarzt;medecin traitant;medico curante;"
    "referring physician",
    "patient.comorbidities": "comorbidity;komorbiditaten;begleiterkrankungen;comorbidites",
    "patient.allergies": "allergien;allergie",
    "patient.notes": "comment;comments;remark;remarks;kommentar;bemerkung;bemerkungen;"
    "commentaire;commentaires;remarques;osservazioni;note;notizen;commenti",
    "patient.death_date": "death;died;died on;dod;deceased;deceased on;todesdatum;verstorben;"
    "verstorben am;date deces;date of decease;deces;decesso;data decesso;date death",
    "patient.cause_of_death": "todesursache;cause deces;causa decesso;cause death",
    "diagnosis.date": "date of diagnosis;diagnosis date;year of diagnosis;diagnosedatum;"
    "erstdiagnose;ed;date diagnosis;date diagnostic;data diagnosi;diagnosejahr;diagnosis year",
    "diagnosis.disease": "diagnosis;diagnose;diagnostic;diagnosi;entity;subtype;entitat;"
    "disease type;erkrankung;maladie;malattia;histologic type;ctcl type",
    "staging.tnmb": "tnmb;tnm;tnm b;tnmb stage;tnmb stadium",
    "staging.stage_stated": "stage;stadium;stade;stadio;clinical stage;stage at diagnosis;"
    "stadium bei diagnose",
    "staging.date": "staging date;date of staging;stagingdatum",
    "treatment_line.regimen": "treatment;therapy;line;therapie;behandlung;linie;traitement;ligne;"
    "terapia;linea;regimen;drug;substance;substanz;medikament;schema;therapielinie;"
    "treatment line;farmaco;line of therapy",
    "treatment_line.start": "start of therapy;therapiebeginn;beginn therapie;start treatment;"
    "therapy start;debut traitement;inizio terapia",
    "treatment_line.end": "therapieende;ende therapie;end treatment;therapy end;fin traitement;"
    "fine terapia;therapy stop",
    "treatment_line.best_response_stated": "best response;bestes ansprechen;ansprechen;"
    "therapieansprechen;response;meilleure reponse;reponse;risposta;migliore risposta;bor",
    "treatment_line.stop_reason": "stop reason;reason for stop;reason stop;abbruchgrund;"
    "grund abbruch;reason for discontinuation;raison arret;motivo sospensione;grund;reason",
    "treatment_line.cycles_stated": "cycles;zyklen;anzahl zyklen;number of cycles;no cycles;"
    "cicli;nombre de cycles;n cycles",
    "visit.date": "visit date;date of visit;visitendatum;kontrolldatum;datum kontrolle;"
    "date consultation;data visita",
    "visit.ecog": "ecog ps;performance status;ps;ecog status",
    "visit.weight_kg": "weight;gewicht;poids;peso;body weight;korpergewicht",
    "visit.itch": "pruritus;juckreiz;prurit;prurito;itch vas;vas itch;pruritus vas;itch nrs",
    "visit.skindex29": "skindex;skindex 29",
    "visit.seen_by": "physician;arzt;arztin;medecin;medico;doctor",
    "visit.next_visit": "next appointment;nachster termin;prochain rdv;prossima visita",
    "skin_score.total_stated": "mswat;mswat score;mswat total;total mswat;mswat bei ed;"
    "mswat ed;mswat bei diagnose;mswat bei erstdiagnose;mswat at diagnosis;mswat at baseline",
    "blood_count.wbc": "leukozyten;leucocytes;leucociti;white cells;leukocytes",
    "blood_count.lymphocytes": "lymphozyten;linfociti;abs lymphocytes;lymphos",
    "blood_count.cd4_cd26_negative": "cd4 cd26;cd4 cd26 neg;cd26 neg;sezary cells;sezary zellen;"
    "cd4cd26;cellules de sezary;cellule di sezary",
    "blood_count.cd4_cd7_negative": "cd4 cd7;cd4 cd7 neg;cd4cd7",
    "blood_count.cd4_cd8_ratio": "cd4 cd8 ratio;cd4 cd8;ratio cd4 cd8;rapport cd4 cd8",
    "adverse_event.verbatim": "adverse event;ae;side effect;toxicity;nebenwirkung;"
    "effet indesirable;evento avverso;unerwunschtes ereignis",
    "biopsy.date": "biopsy date;date of biopsy;biopsiedatum",
    "biopsy.body_site": "biopsy site;site of biopsy;biopsieort;entnahmeort",
    "infusion.given_on": "infusion date;date of infusion;infusionsdatum;given on;verabreicht am",
    "infusion.dose_mg": "dose mg;dosis mg;total dose mg",
    "infusion.batch": "lot;charge;chargennummer;batch number;lotto",
    "cycle.number": "cycle;zyklus;cycle no;cycle number;ciclo",
}
_PARTS = {
    "diagnosis.date": "date;datum;year;jahr;data;annee;anno;when",
    "diagnosis.disease": "entity;type;typ;name;tipo;entitat;what",
    "staging.date": "date;datum;data",
    "staging.stage_stated": "group;total;overall;stage;stadium",
    "treatment_line.regimen": "drug;drugs;name;substance;substanz;medikament;type;art;agent;"
    "farmaco;schema;regimen;what",
    "treatment_line.start": "start;begin;beginning;from;von;beginn;debut;inizio;date;datum;since;"
    "ab;start date;date start;startdatum;data inizio;date debut;year;jahr;seit;du;dal",
    "treatment_line.end": "end;stop;bis;ende;fin;fine;until;to;end date;stop date;enddatum;"
    "date fin;data fine;date end;date stop;al;au",
    "treatment_line.notes": "comment;comments;bemerkung;remark;remarks;kommentar;note",
    "treatment_line.dose_text": "dose;dosis;dosage;dosierung;posologie",
    "treatment_line.trial_name": "trial;study;studie;etude;studio",
    "visit.date": "date;datum;data",
    "visit.kind": "type;typ;kind;art",
    "visit.notes": "comment;comments;bemerkung;remark;remarks;kommentar;note",
    "biopsy.date": "date;datum;data",
    "biopsy.body_site": "site;location;ort;lokalisation;sede;localisation",
    "biopsy.conclusion": "result;resultat;ergebnis;befund;risultato",
    "biopsy.notes": "comment;comments;report text;bemerkung",
    "skin_score.date": "date;datum;data",
    "blood_count.date": "date;datum;data",
    "lab_result.date": "date;datum;data",
    "assessment.date": "date;datum;data",
    "imaging.date": "date;datum;data",
    "imaging.conclusion": "result;ergebnis;befund;resultat",
    "adverse_event.onset": "date;datum;onset;start;beginn;debut;inizio;from",
    "adverse_event.resolved": "end;resolved;ende;fin;fine;until",
    "adverse_event.grade": "grade;grad;ctcae grade;grado;ctc grade;ctcae",
    "infusion.given_on": "date;datum;data",
    "infusion.day": "day;tag;jour;giorno",
    "cycle.day_1": "day 1;date;datum",
}
_GROUPS = {
    "patient": "patient;demographics;person;patientendaten;paziente",
    "diagnosis": "diagnosis;diagnose;diagnostic;diagnosi;erstdiagnose",
    "staging": "staging;stage;stadium;tnmb;tnm;stade;stadio",
    "treatment_line": "treatment;therapy;line;therapie;behandlung;linie;traitement;ligne;terapia;"
    "linea;regimen;tx;rx;therapielinie;treatments;therapies;therapien",
    "visit": "visit;visite;follow up;kontrolle;verlauf;consultation;visita;fu;nachsorge",
    "skin_score": "mswat;skin score;skin",
    "blood_count": "blood;blood count;flow;flow cytometry;blut;durchflusszytometrie;facs;sang",
    "lab_result": "lab;labor;laboratory;labo",
    "biopsy": "biopsy;biopsie;histology;histologie;biopsia",
    "imaging": "imaging;ct;pet;bildgebung;imagerie",
    "assessment": "response assessment;assessment;staging response",
    "adverse_event": "adverse event;ae;toxicity;nebenwirkung;side effect",
    "infusion": "infusion;infusions;infusione;infusionen",
    "cycle": "cycle;zyklus;ciclo",
}
_FILLERS = frozenset({"of", "the", "de", "der", "des", "du", "di", "d", "le", "la", "at", "am"})
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "erste": 1, "zweite": 2, "dritte": 3, "premiere": 1, "deuxieme": 2, "prima": 1, "seconda": 2,
}  # fmt: skip
_UNIT = re.compile(r"[(\[]([^)\]]*)[)\]]|\bin (%|kg|mg|cm)\s*$")
_RANGE = re.compile(r"\b\d+ ?[-–] ?\d+\b")
_NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e|er|eme|a|o)?")


@dataclass(frozen=True, slots=True)
class Named:
    """What a heading tells: its kind, field and number, each where it does; its unit."""

    kind: str = ""
    field: str = ""
    number: int = 0
    unit: str = ""
    part: bool = False

    @property
    def target(self) -> Target | None:
        return Target(self.kind, self.field, self.number or 1) if self.field else None


def named(parts: list[str], before: str = "") -> Named:
    """What the headings over a column say, the lowest last; `before`: the kind to its left."""
    own, above = _said(parts[-1] if parts else ""), [_said(part) for part in parts[:-1]]
    number = own.number or next((each.number for each in reversed(above) if each.number), 0)
    groups = [each.group for each in reversed(above) if each.group]
    kind, field, part = _field_of(own, groups, before)
    if not field and groups and not own.phrase:
        kind, field, part = _field_of(_said(parts[-2]), [], before)
    return Named(kind or own.group or next(iter(groups), ""), field, number, own.unit, part)


@dataclass(frozen=True, slots=True)
class _Said:
    phrase: str
    number: int
    unit: str

    @property
    def group(self) -> str:
        return _groups().get(self.phrase) or self.split[0]

    @property
    def split(self) -> tuple[str, str]:
        """The kind that the words name, and what else they say."""
        words = self.phrase.split()
        for length in (2, 1):
            for at in range(len(words) - length + 1):
                kind = _groups().get(" ".join(words[at : at + length]))
                if kind and len(words) > length:
                    return kind, " ".join(words[:at] + words[at + length :])
        return "", ""


def _field_of(own: _Said, groups: list[str], before: str) -> tuple[str, str, bool]:
    """Kind, field, and whether the kind was told elsewhere."""
    in_kind, rest = own.split
    for kind, phrase in ((in_kind, rest), *((group, own.phrase) for group in groups)):
        if kind and (kind, phrase) in _parts():
            return kind, _parts()[kind, phrase], bool(kind != in_kind)
    if own.phrase in _outright():
        kind, field = _outright()[own.phrase]
        return kind, field, False
    if (before, own.phrase) in _parts():
        return before, _parts()[before, own.phrase], True
    return "", "", False


def _said(heading: str) -> _Said:
    found = _UNIT.search(heading)
    unit = next((part for part in found.groups() if part), "") if found else ""
    number, words = 0, []
    for word in words_of(_RANGE.sub(" ", _UNIT.sub(" ", heading))):
        told = _ORDINALS.get(word) or (
            int(digits[1]) if (digits := _NUMBERED.fullmatch(word)) else 0
        )
        joined = re.fullmatch(r"([a-z]{2,}?)(\d)", word)
        if told and not number:
            number = told
        elif joined and joined[1] in _known_words():
            number = number or int(joined[2])
            words.append(joined[1])
        elif word not in _FILLERS or len(words_of(heading)) == 1:
            words.append(word)
    phrase = " ".join(words_of(heading))
    if phrase in _outright():
        return _Said(phrase, 0, unit.strip())
    return _Said(" ".join(words), number, unit.strip())


def analyte_named(phrase: str) -> str | None:
    words = plain(_UNIT.sub(" ", phrase))
    return next((each for each in ANALYTES if plain(each) == words), _ANALYTES.get(words))


_ANALYTES = {
    "hb": "haemoglobin",
    "hamoglobin": "haemoglobin",
    "hemoglobin": "haemoglobin",
    "eos": "eosinophils",
    "eosinophile": "eosinophils",
    "thrombozyten": "platelets",
    "kreatinin": "creatinine",
    "krea": "creatinine",
    "gpt": "ALT",
    "got": "AST",
    "alat": "ALT",
    "asat": "AST",
}


@cache
def names_of(target: Target) -> str:
    """What else clinics call a field, for whoever searches it: `comment remark bemerkung`."""
    told = (
        phrase
        for (kind, phrase), field in _parts().items()
        if field == target.field and (kind == target.kind or field == "notes")
    )
    return " ".join(dict.fromkeys(told))


@cache
def _outright() -> dict[str, tuple[str, str]]:
    """By phrase, kind and field: what is listed, then the fields' own names and titles."""
    found: dict[str, tuple[str, str]] = {}
    for place, phrases in _OUTRIGHT.items():
        kind, _dot, field = place.partition(".")
        for phrase in phrases.split(";"):
            found.setdefault(" ".join(words_of(phrase)), (kind, field))
    for target in offered():
        for phrase in _own_names(target):
            if phrase not in _AMBIGUOUS:
                found.setdefault(phrase, (target.kind, target.field))
    return found


_AMBIGUOUS = frozenset(
    {"date", "start", "end", "kind", "status", "side", "day", "value", "unit", "reason", "text"}
    | {"result", "number", "name", "body site", "type", "notes", "conclusion", "grade", "grades"}
    | {"purpose", "given", "category", "duration", "dose", "trial", "arm", "outcome", "serious"}
    | {"because", "skin", "nodes", "blood", "clone", "specimen", "test", "in more words", "onset"}
    | {"plan", "report", "document"}
)


@cache
def _parts() -> dict[tuple[str, str], str]:
    """By kind and phrase, the field."""
    found: dict[tuple[str, str], str] = {}
    for place, phrases in _PARTS.items():
        kind, _dot, field = place.partition(".")
        for phrase in phrases.split(";"):
            found.setdefault((kind, phrase), field)
    for target in offered():
        for phrase in _own_names(target):
            found.setdefault((target.kind, phrase), target.field)
    for phrase, (kind, field) in _outright().items():
        found.setdefault((kind, phrase), field)
    return found


@cache
def _groups() -> dict[str, str]:
    listed = ((kind, phrases.split(";")) for kind, phrases in _GROUPS.items())
    return {phrase: kind for kind, phrases in listed for phrase in phrases}


@cache
def _known_words() -> frozenset[str]:
    phrases = (*_outright(), *_groups(), *(phrase for _kind, phrase in _parts()))
    return frozenset(word for phrase in phrases for word in phrase.split())


def _own_names(target: Target) -> list[str]:
    if (target.kind, target.field) in SEVERAL:
        return []
    words = next(w for w in described_fields(BY_NAME[target.kind]) if w.name == target.field)
    return [" ".join(words_of(text)) for text in (words.name, words.title)]
