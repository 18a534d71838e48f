"""Compare what learners have with what a build would give them.

Pure: no module here reads or writes files.
"""
