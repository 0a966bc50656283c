"""What was changed, to be taken back: without git, for the last 200 changes of each catalogue.

A change is recorded after its files are replaced. So the record never claims what did not happen;
a process killed between the two loses the record of its change, and never the change. It lives in
the user's state folder, one folder a catalogue: at most 200 changes and 20 MB (the newest change
is kept whatever its size), and two copies of each file, so that edits by other hands are noticed
and shown. All of it is written under the lock on the catalogue's folder.
"""
