"""Tables of papers in Markdown: read, and written back."""
