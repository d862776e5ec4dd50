"""Sans-I/O codecs of devices. No Django."""
