"""The checks: a lint over the linkages. Each check is one file and looks at one loaded ``Case``."""
