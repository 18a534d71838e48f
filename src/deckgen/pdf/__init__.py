"""PDFs of printed pages."""
