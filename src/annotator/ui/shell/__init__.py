"""The window around the work: bars, start screen, search, settings, help, and what is said when something fails."""
