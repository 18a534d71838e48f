"""`python -m deckgen`."""

from deckgen.cli.app import main

if __name__ == "__main__":
    main()
