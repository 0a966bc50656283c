"""What is wrong with a list: one function per rule."""
