"""What clinics write into cells, in English, German, French and Italian: choices, drugs, months.

Words are folded: without case and accents, single blanks between them.
"""

import re
from collections.abc import Mapping

from models.biopsy import BiopsyKind, Conclusion, Side
from models.diagnosis import Disease
from models.folding import folded
from models.patient import CauseOfDeath, Sex
from models.response import Response
from models.therapies import NAMES, SHORT_NAMES, Category, own
from models.treatment import InfusionStatus, StopReason
from models.values import Choice
from models.visit import VisitKind, VisitStatus
from models.words import MONTHS


def plain(text: str) -> str:
    return " ".join(folded(text).split())


def _by_word(meanings: Mapping[Choice, str]) -> dict[str, Choice]:
    return {plain(word): each for each, words in meanings.items() for word in words.split(";")}


CHOICES: dict[type[Choice], dict[str, Choice]] = {
    Sex: _by_word(
        {
            Sex.FEMALE: "f;w;weiblich;frau;femme;feminin;femmina;femminile;donna;woman;♀",
            Sex.MALE: "m;mannlich;mann;homme;masculin;maschio;maschile;uomo;man;♂",
            Sex.OTHER: "d;divers;diverse",
            Sex.UNKNOWN: "unbekannt;inconnu;sconosciuto",
        }
    ),
    Disease: _by_word(
        {
            Disease.MYCOSIS_FUNGOIDES: "mf;classic mf;mycosis fungoides (mf);mycosis fongoide;"
            "micosi fungoide",
            Disease.SEZARY_SYNDROME: "ss;sezary;sezary syndrom;sezary-syndrom;syndrome de sezary;"
            "sindrome di sezary;sezary's syndrome;sezary syndrome (ss)",
            Disease.FOLLICULOTROPIC_MF: "fmf;folliculotropic mf;follikulotrope mf;"
            "follikulotrope mycosis fungoides;mf folliculotrope;mf follicolotropica",
            Disease.LYMPHOMATOID_PAPULOSIS: "lyp;lymphomatoide papulose;papulose lymphomatoide",
            Disease.ANAPLASTIC_LARGE_CELL: "pcalcl;pc-alcl;calcl;c-alcl",
            Disease.PANNICULITIS_LIKE: "sptcl",
            Disease.ADULT_T_CELL_LEUKAEMIA: "atll;atl",
            Disease.OTHER: "other ctcl;ctcl nos;other;andere;autre;altro",
        }
    ),
    Response: _by_word(
        {
            Response.CR: "complete response;complete remission;komplette remission;rc;"
            "vollremission;komplettremission;reponse complete;risposta completa",
            Response.VGPR: "very good partial response",
            Response.PR: "partial response;partial remission;partielle remission;teilremission;"
            "partialremission;rp;reponse partielle;risposta parziale",
            Response.SD: "stable;stable disease;stabil;maladie stable;malattia stabile",
            Response.PD: "progression;progressive disease;progress;progredient;progressiv;"
            "progressione",
            Response.RELAPSE: "rezidiv;recidive;rechute;recidiva;recurrence",
            Response.NOT_ASSESSED: "ne;not evaluable;not evaluated;nicht beurteilt;non evaluable",
        }
    ),
    StopReason: _by_word(
        {
            StopReason.PROGRESSION: "pd;progress;disease progression;krankheitsprogression;"
            "progressione;progressive disease",
            StopReason.NO_RESPONSE: "kein ansprechen;non-response;lack of response;nr;"
            "inefficacite;inefficacy;unwirksam",
            StopReason.TOXICITY: "toxizitat;toxicite;tossicita;ae;adverse event;nebenwirkung;"
            "nebenwirkungen;side effects;toxic",
            StopReason.INTOLERANCE: "unvertraglichkeit;intolerant;intolleranza",
            StopReason.COMPLETED: "abgeschlossen;completed as planned;finished;beendet;termine;"
            "completato;planned",
            StopReason.PATIENTS_CHOICE: "patientenwunsch;patient choice;patient's wish;"
            "patient decision;choix du patient;scelta del paziente",
            StopReason.TRANSPLANT: "transplantation;sct;allo-sct;greffe;trapianto",
            StopReason.DEATH: "tod;verstorben;exitus;deces;decesso;died",
            StopReason.OTHER: "andere;autre;altro",
        }
    ),
    CauseOfDeath: _by_word(
        {
            CauseOfDeath.DISEASE: "lymphoma;ctcl;mf;ss;lymphom;lymphome;linfoma;tumor;erkrankung",
            CauseOfDeath.TREATMENT: "therapie;toxicity;toxizitat;therapy",
            CauseOfDeath.OTHER: "andere;autre;altro",
            CauseOfDeath.UNKNOWN: "unbekannt;inconnue;sconosciuta",
        }
    ),
    Category: _by_word(
        {
            Category.SYSTEMIC: "systemisch;systemique;sistemica",
            Category.SKIN_DIRECTED: "topical;topisch;skin directed;hautgerichtet;topique;topica",
            Category.RADIATION: "rt;radiotherapy;bestrahlung;radiotherapie;radioterapia",
            Category.TRANSPLANT: "transplantation;sct;greffe;trapianto",
        }
    ),
    InfusionStatus: _by_word({InfusionStatus.GIVEN: "verabreicht;donnee;somministrata;done"}),
    VisitKind: _by_word(
        {
            VisitKind.TREATMENT: "therapie;behandlung;traitement;terapia;infusion",
            VisitKind.FOLLOW_UP: "follow up;fu;f/u;kontrolle;nachsorge;suivi;controllo;control",
            VisitKind.UNSCHEDULED: "notfall;ausserplanmassig;non programme",
            VisitKind.TELEPHONE: "phone;telefon;tel;call;telefonisch;telefono",
        }
    ),
    VisitStatus: _by_word({VisitStatus.MISSED: "nicht erschienen;no show;dna"}),
    BiopsyKind: _by_word(
        {
            BiopsyKind.PUNCH: "stanze;stanzbiopsie",
            BiopsyKind.EXCISION: "exzision;excisional;exerese",
            BiopsyKind.LYMPH_NODE: "ln;lymphknoten;ganglion;linfonodo",
            BiopsyKind.BONE_MARROW: "bm;knochenmark;moelle",
        }
    ),
    Side: _by_word({Side.LEFT: "l;links;gauche;sinistra", Side.RIGHT: "r;rechts;droite;destra"}),
    Conclusion: _by_word({Conclusion.ACTIVE_DISEASE: "active;mf;ss;aktiv"}),
}
YES = frozenset({"ja", "j", "oui", "si", "x", "+", "1", "pos", "positive", "positiv", "vrai"})
NO = frozenset({"nein", "non", "0", "neg", "negative", "negativ", "faux"})

ONGOING = frozenset(
    {"ongoing", "continuing", "laufend", "weiterhin", "andauernd", "en cours", "in corso"}
)

_SAID = {
    "mogamulizumab": "moga;poteligeo",
    "brentuximab vedotin": "bv;brentuximab;adcetris",
    "bexarotene": "bex;bexaroten;targretin;bexarotene oral",
    "methotrexate": "mtx;methotrexat",
    "interferon alfa": "ifn;ifna;ifn-a;ifn alfa;ifn-alpha;interferon;interferon alpha;peg-ifn",
    "gemcitabine": "gem;gemcitabin;gemcitabina",
    "oxaliplatin": "ox;oxali;oxaliplatine",
    "pegylated liposomal doxorubicin": "liposomal doxorubicin;caelyx;doxil",
    "chlorambucil": "leukeran",
    "prednisone": "prednison",
    "extracorporeal photopheresis": "ecp;photopheresis;photopherese;fotoferesi;"
    "extrakorporale photopherese",
    "total skin electron beam therapy": "tseb;tsebt;tsei;ganzhautelektronenbestrahlung",
    "local radiotherapy": "rt;radiotherapy;radiotherapie;radioterapia;bestrahlung",
    "allogeneic stem cell transplant": "allosct;allo-hsct;allotransplant",
    "NB-UVB": "uvb;nbuvb;uvb 311;uvb-311",
    "PUVA": "puva bath;bade-puva",
    "chlormethine gel": "chlormethine;chlormethin;mechlorethamine;ledaga;valchlor",
    "topical corticosteroid": "topical steroid;topical steroids;tcs;topische steroide;"
    "topical corticosteroids;dermocorticoids",
    "alemtuzumab": "campath",
    "vorinostat": "zolinza",
    "acitretin": "acitretine",
}
DRUGS: dict[str, str] = {
    **{plain(name): name for name in NAMES},
    **{plain(short): name for name, short in SHORT_NAMES.items()},
    **{plain(word): name for name, words in _SAID.items() for word in words.split(";")},
}
REGIMENS: dict[str, tuple[str, ...]] = {
    "gemox": ("gemcitabine", "oxaliplatin"),
    "gem-ox": ("gemcitabine", "oxaliplatin"),
}

_MONTHS = (
    "januar;janner;janvier;gennaio;jan;janv;genn",
    "februar;fevrier;febbraio;feb;fevr;febbr",
    "marz;mars;marzo;mar;mrz",
    "april;avril;aprile;apr;avr",
    "mai;maggio;mag;magg",
    "juni;juin;giugno;jun;giu",
    "juli;juillet;luglio;jul;juil;lug",
    "august;aout;agosto;aug;ago",
    "september;septembre;settembre;sept;sep;sett;set",
    "oktober;octobre;ottobre;okt;oct;ott",
    "november;novembre;nov",
    "dezember;decembre;dicembre;dez;dec;dic",
)
MONTH_NUMBERS: dict[str, int] = {
    word: number
    for number, words in enumerate(_MONTHS, start=1)
    for word in (*words.split(";"), plain(MONTHS[number - 1]))
}


def drug_named(word: str) -> str | None:
    """The catalogue's name of a drug or procedure; None where it has none."""
    known = plain(re.sub(r"\s*\([^)]*\)$", "", word))
    return DRUGS.get(known) or next((name for name in own() if plain(name) == known), None)
