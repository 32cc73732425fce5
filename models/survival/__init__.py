"""Survival analysis: plain numbers in, plain numbers out; nothing here knows a patient."""
