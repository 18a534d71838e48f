"""Live: rebuild a project when its files are saved, and show it in a browser."""
