"""FHIR R4: histories as bundles of resources, our own bundles read back exactly, and of others'
what can be understood.

A record is one main resource, which carries its fields as they were entered in an extension of
ours, and parts that say the same, or what is worked out of it, to whoever knows FHIR and mCODE.
"""
