"""Which days are working days: the kernel's data plus the years an administrator loads."""
