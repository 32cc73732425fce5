"""Each version of the store's tables, as the steps that lead to it."""
