"""Whole files on disk, catalogue and Markdown alike: lock their folders, read, replace."""
