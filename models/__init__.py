"""What the clinic knows: the records, the clinical rules, and everything worked out from them."""
