"""The long lists: all sources, passages, claims and linkages of a project as tables."""
