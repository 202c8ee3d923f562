"""Data that goes by time (`retention`) or because of whose it is (`erasure`), and data handed over (`export`)."""
