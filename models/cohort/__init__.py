"""The cohort: what many patients tell together, worked out from what each one's records tell."""
