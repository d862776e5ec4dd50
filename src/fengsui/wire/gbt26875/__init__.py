"""GB/T 26875.3-2011, the protocol of fire alarm transmission devices: sans-I/O, by length never by delimiter."""
