"""One module per command: its options, the call, and the layout of its answer."""
