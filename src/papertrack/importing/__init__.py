"""Rows from outside: matched, merged, reported, adopted. Values in, values out."""
