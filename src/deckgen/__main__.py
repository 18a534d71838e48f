"""`python -m deckgen`."""

from deckgen.cli.main import program

if __name__ == "__main__":
    program()
