"""The compiler: from the texts of files to a `Course`, or to everything that is wrong with them."""
