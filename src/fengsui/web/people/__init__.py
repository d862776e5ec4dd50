"""Pages about people: who holds which post, first starts, sign-ins, imports, the audit of access."""
