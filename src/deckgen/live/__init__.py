"""Live: a project that is rebuilt as its files are saved, and shown in a browser."""
