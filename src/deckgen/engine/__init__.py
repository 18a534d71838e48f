"""The engine: updates outputs by their keys; it does not know what is in them."""
