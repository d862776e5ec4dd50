"""Tables of people, premises, households: rows become forms, forms become actions, faults get names."""
