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
    " numbers stay the same from one export to the next; keys do not. Who has which number the"
    " clinic alone can look up."
)
_OUT = N_(
    "Left out: names, numbers of the clinic, contacts, birth dates, free texts (notes, reports,"
    " reasons, conclusions), persons, batch and report numbers, trials, attachments, and the dates"
    " of entry. Texts stand only as far as a list knows them: drugs of the catalogue, terms of"
    " CTCAE, analytes, places of the body; any other is called other or left out."
)
_AGES = N_(
    "Ages: of whoever passes the age of 89 while on file (age_is_least is yes), the birth is taken"
    " to be so late that nobody is older than 90 on the last day; the age at diagnosis is then a"
    " least age."
)
_DAYS = N_(
    "Dates are told as days since the diagnosis, which is day 0; without a diagnosis the first"
    " record is. Of a date known only by its month or year the middle is told, and how precisely it"
    " is known beside it."
)
_SHIFTED = N_(
    "Dates are shifted by one secret number of days for each patient, so that times between days"
    " are as they were. A date known only by its month or year is that in which its shifted middle"
    " lies: it may be half a month or half a year off. Figures that are worked out are those of the"
    " dates as they were."
)
_NOT = N_(
    "These tables are this program's own. They are not the format of PROCLIPI or of any other"
    " registry, which publish none; a site may type or map from them."
)


def read_me(patients: int, others: int, dates: Dates) -> str:
    """What the export is, of how many, what was left out and why."""
    n = ngettext("{n} patient.", "{n} patients.", patients).format(n=patients)
    without = ngettext(
        "{n} patient on file is not in it: no consent to a registry stands.",
        "{n} patients on file are not in it: no consent to a registry stands.",
        others,
    ).format(n=others)
    time = _(_DAYS) if dates is Dates.DAYS else _(_SHIFTED)
    said = (_(_TITLE), f"{n} {without}", _(_WHAT), _(_WHO), time, _(_OUT), _(_AGES), _(_NOT))
    return "\n\n".join(said) + "\n"
