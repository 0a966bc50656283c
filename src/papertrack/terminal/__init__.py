"""The only part that prints: tables, messages, prompts."""
