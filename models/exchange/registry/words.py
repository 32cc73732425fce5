"""What stands beside the tables of a registry export, for whoever gets them."""

from models.exchange.registry.columns import Dates
from models.words import N_, _, ngettext

_TITLE = N_("De-identified records of patients with cutaneous T-cell lymphoma")
_WHAT = N_(
    "Each table is a CSV file (UTF-8, commas), one row for each record. study_number says whose it"
    " is; key stands for a record, and a column named after another table holds that one's key."
    " What each column means stands in data_dictionary.csv. Whatever is worked out rather than"
    " recorded stands at the end of patient.csv and treatment_line.csv."
)
_WHO = N_(
    "Only patients whose consent to a registry stood on the day of the export are in it. Study"
    " numbers and keys stay the same from one export to the next: the same key is the same record."
    " Who has which number the clinic alone can look up."
)
_OUT = N_(
    "Left out: names, numbers of the clinic, contacts, birth dates, free texts (notes, reports,"
    " reasons, conclusions), persons, batch and report numbers, trials, attachments, and the dates"
    " of entry. Texts stand only as far as a list knows them: drugs of the catalogue, terms of"
    " CTCAE, analytes, places of the body; any other is called other or left out."
)
_AGES = N_(
    "Ages: of whoever has passed the age of 89, or may within a year or two (age_is_least is yes),"
    " the birth is taken to be so late that nobody is older than 90 on the last day; the age at"
    " diagnosis is then a least age."
)
_DAYS = N_(
    "Dates are told as days since the diagnosis, which is day 0; without a diagnosis the first"
    " record is. They are counted between dates that were first shifted as in an export of shifted"
    " dates, so that neither tells more than the other."
)
_SHIFTED = N_(
    "Dates are shifted by one secret number of days for each patient, so that times between days"
    " are as they were."
)
_PARTIAL = N_(
    "A date known only by its month or year was placed on a secret day of it before it was shifted,"
    " and is told as the month or year, or in days as the middle of that, in which it then lies: it"
    " may be up to a month or a year off, and so may what is counted from it. Between dates known"
    " to the day all times and figures are those of the record."
)
_RECENT = N_(
    "What remains: nothing on file happened after the export. Of a patient under follow-up the last"
    " visit mostly lies shortly before it, so that whoever knows the day of an export can guess how"
    " long ago the diagnosis was, and with it the shift. Give exports only to those whom the"
    " patients' consent allows to have them."
)
_NOT = N_(
    "These tables are this program's own. They are not the format of PROCLIPI or of any other"
    " registry, which publish none; a site may type or map from them."
)


IN_ALL_COLUMNS = N_(
    "The tables have all their columns, explained below; what is left out is empty. The study"
    " number stands where the clinic's own would: in mrn and patient."
)


def read_me(patients: int, others: int, dates: Dates, what: str = _WHAT) -> str:
    """What the export is, of how many, what was left out and why; `what`: of its tables."""
    n = ngettext("{n} patient.", "{n} patients.", patients).format(n=patients)
    without = ngettext(
        "{n} patient on file is not in it: no consent to a registry stands.",
        "{n} patients on file are not in it: no consent to a registry stands.",
        others,
    ).format(n=others)
    time = _DAYS if dates is Dates.DAYS else _SHIFTED
    told = (_WHO, time, _PARTIAL, _OUT, _AGES, _RECENT, _NOT)
    return "\n\n".join((_(_TITLE), f"{n} {without}", _(what), *map(_, told))) + "\n"
