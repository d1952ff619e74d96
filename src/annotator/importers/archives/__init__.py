"""How web archives are read, and the pages that came in them."""
