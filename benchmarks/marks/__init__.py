"""One mark a file. Each has ``MARK``, and functions that run one case in a process of their own."""
