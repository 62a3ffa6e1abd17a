"""Word files as people have them."""

from io import BytesIO

from docx import Document


def a_word_file(*paragraphs: str) -> bytes:
    """A .docx with these paragraphs."""
    document, out = Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()
