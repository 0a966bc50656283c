"""Papers from outside: read (`intake`), planned and applied (`planning`), adopted (`adopting`).

Values in, values out: `commands/import_.py` opens the files, and says what came of it.
"""
