"""The engine: brings outputs up to date, each by its key; it knows nothing of what is in them."""
