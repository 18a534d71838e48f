"""The command line: the one place that knows arguments, the clock, colours and exit codes."""
