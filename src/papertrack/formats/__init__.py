"""One module per format: `loads` where it can be read, `dumps` where it can be written."""
