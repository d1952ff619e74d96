"""How a web page is read: the whole of it reduced to blocks, the article among them marked."""
