"""Named sets of filters: each person's own, nobody else's business, no records of the ledger."""
