"""What a registry of these lymphomas collects, which of it is on file, and where a gap is filled.

By what is published of PROCLIPI. Its forms and its list of variables are not, and nothing here is
claimed to agree with them.
"""

from models.completeness.at_the_start import at_the_start
from models.completeness.items import Completeness, Filled, Item, Place
from models.completeness.since_then import since_then
from models.completeness.survey import Survey, Tally, completeness, survey

__all__ = [
    "Completeness",
    "Filled",
    "Item",
    "Place",
    "Survey",
    "Tally",
    "at_the_start",
    "completeness",
    "since_then",
    "survey",
]
