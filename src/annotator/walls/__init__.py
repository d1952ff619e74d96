"""What binds a process that reads strangers’ files: walls that the system raises, limits, and an eye on its memory."""
