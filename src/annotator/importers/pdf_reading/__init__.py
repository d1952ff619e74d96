"""How a PDF is read: glyphs to lines, lines to paragraphs and tables, each character with its place on paper."""
