"""Files from and for others: tables, FHIR, REDCap, vocabularies, the registry.

Reading makes arrivals of a file, which the store looks through and takes in; writing makes files
of histories. Nothing here knows the store, and nothing is written but what was asked for.
"""
