"""A reading list of research papers kept as data."""

__version__ = "0.1.0"
