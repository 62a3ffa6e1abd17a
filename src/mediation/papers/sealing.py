"""The seal on a paper: PAdES by a key of the portal's own, so that any PDF reader notices a changed byte.

The certificate is self-signed: it says which portal, and nobody else vouches for it. Who wants to be sure compares its
fingerprint (SHA-256 of the certificate) with the one printed on the papers, or with `mediation keys`.
"""

import contextlib
import os
import tempfile
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Final

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mediation.record.keys import KeyUnusable

log = structlog.get_logger(__name__)

FILE: Final = "sealing.pem"
FIELD: Final = "Portal seal"
_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""No wrong clock makes a seal look older than its key; nobody renews what vouches for itself (RFC 5280, 4.1.2.5)."""
_SERVER_TAKES: Final = 10  # seconds
_NOT_ASKED_FOR: Final = 300.0
"""Seconds in which a server that did not answer is not asked again: the papers of a case are several."""


class Sealer:
    """The key and certificate that seal papers, kept in one file in `folder`; made when first needed."""

    def __init__(self, folder: Path, operator: str, timestamps: str | None = None) -> None:
        """`timestamps` is the address of an RFC 3161 server whose token goes into each seal."""
        self._folder = folder
        self._operator = operator
        self._timestamps = timestamps
        self._ask_from = 0.0

    @staticmethod
    def is_made(folder: Path) -> bool:
        """Whether a paper was sealed here yet."""
        return (folder / FILE).exists()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hex. Raises KeyUnusable."""
        return sha256(x509.load_pem_x509_certificate(self._pem).public_bytes(Encoding.DER)).hexdigest()

    def seal(self, pdf: bytes) -> bytes:
        """The PDF with the seal on it, which allows no further change. Takes a while; run it in a thread.

        Without an answer from the server for time stamps it is sealed without one: a paper that is late for the sake of
        a second witness would be worse than one with a single witness.
        """
        if self._timestamps is not None and monotonic() >= self._ask_from:
            try:
                return self._sealed(pdf, HTTPTimeStamper(self._timestamps, timeout=_SERVER_TAKES))
            except Exception as failed:  # noqa: BLE001 - whatever that server does
                log.warning("papers.no_timestamp", kind=type(failed).__name__)
                self._ask_from = monotonic() + _NOT_ASKED_FOR
        return self._sealed(pdf, None)

    def _sealed(self, pdf: bytes, timestamper: HTTPTimeStamper | None) -> bytes:
        meta = PdfSignatureMetadata(
            field_name=FIELD,
            name=self._operator or "Mediation portal",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        out = BytesIO()
        PdfSigner(meta, self._signer, timestamper=timestamper).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)), output=out
        )
        return out.getvalue()

    @cached_property
    def _signer(self) -> SimpleSigner:
        certificate = next(iter(load_certs_from_pemder_data(self._pem)))
        return SimpleSigner(
            signing_cert=certificate,
            signing_key=load_private_key_from_pemder_data(self._pem, passphrase=None),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )

    @cached_property
    def _pem(self) -> bytes:
        path = self._folder / FILE
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with contextlib.suppress(FileExistsError):  # another process was faster, and its key is as good
                _write(path, _made(self._operator))
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyUnusable(f"{path} can be read by others on this machine: chmod 600 it.")
        pem = path.read_bytes()
        try:
            load_pem_private_key(pem, password=None)
            x509.load_pem_x509_certificate(pem)
        except ValueError as error:
            raise KeyUnusable(f"{path} is not a private key with its certificate: {error}") from error
        return pem


def _made(operator: str) -> bytes:
    """A fresh key and its certificate, as PEM one after the other."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, "Mediation portal: seal of papers"),
        *([x509.NameAttribute(NameOID.ORGANIZATION_NAME, operator[:64])] if operator else []),
    ])  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(private, SHA256())
    )
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key + certificate.public_bytes(Encoding.PEM)


def _write(path: Path, content: bytes) -> None:
    """Appears whole or not at all, readable by its owner alone. Raises FileExistsError."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # mkstemp opens 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
