"""What every domain stands on: actions, ledger, worklist, documents, files, people, regions."""
