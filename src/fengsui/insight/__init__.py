"""What the records say together: reads only, kept by steps that follow the ledger."""
