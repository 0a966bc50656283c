"""One module per command, each a thin shell: load, call, print."""
