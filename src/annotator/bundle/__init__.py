"""Bundles: a whole project as a BagIt bag in a ZIP, and the check of one that somebody sent."""
