"""The jobs a person does, one file each. The window, the command line and scripts all stand on these."""
