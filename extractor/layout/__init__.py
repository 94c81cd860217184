"""Words and ruling lines → paragraphs and tables; torn ones joined; the outline; the text laid out once and for all."""
