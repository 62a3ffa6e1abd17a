"""The peer at the same paper: HTML in, PDF out, by WeasyPrint as published. Run as a process of its own."""

import sys
from pathlib import Path

from weasyprint import HTML, Attachment

HTML(string=sys.stdin.read(), base_url=str(Path(sys.argv[1]))).write_pdf(
    sys.argv[2], pdf_variant="pdf/a-3a", pdf_tags=True, attachments=[Attachment(sys.argv[3], relationship="Source")]
)
