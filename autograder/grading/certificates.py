"""The certificates of a Dask cluster: one authority, and one certificate for the scheduler, the workers and the client.

Whoever holds the certificate and its key can have any code run by every worker. The authority's own key is not kept: no
other certificate can ever be made in its name.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casestudies.errors import CasekitError, why
from casestudies.french import french_date

FOLDER = "certificats-dask"
"""Where they are in a course."""
AUTHORITY, CERTIFICATE, KEY = "autorite.pem", "certificat.pem", "cle.pem"
VALID_DAYS = 365
MAKE = "« casekit dask certificats »"
_LARGEST = 64 * 2**10
_CLOCKS_APART = timedelta(minutes=10)
"""How late another machine's clock may be for a certificate made just now."""


@dataclass(frozen=True)
class Certificates:
    """The three files of a folder, and the instant until which they are valid."""

    folder: Path
    until: datetime

    @property
    def files(self) -> tuple[str, str, str]:
        """Paths of the authority, the certificate and its key."""
        return str(self.folder / AUTHORITY), str(self.folder / CERTIFICATE), str(self.folder / KEY)

    @property
    def last_day(self) -> str:
        """The last whole day on which they are valid, in French."""
        return french_date((self.until - timedelta(days=1)).date())


def make_certificates(folder: Path, now: datetime | None = None) -> Certificates:
    """Write new certificates in ``folder``, which only this account may read; all three files or none.

    Raises
    ------
    CasekitError
        When the folder holds something already, or cannot be written; when ``cryptography`` is not installed.
    """
    begin = now or datetime.now(UTC)
    until = (begin + timedelta(days=VALID_DAYS)).replace(microsecond=0)
    contents = _contents(begin - _CLOCKS_APART, until)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CasekitError(
                f"{folder} existe déjà : rien n’a été changé. Pour de nouveaux certificats, retirez d’abord ce dossier "
                "de toutes les machines, ou indiquez-en un autre."
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as aside:
            ready = Path(aside) / folder.name
            ready.mkdir(mode=0o700)
            for name, content in contents.items():
                _write_private(ready / name, content)
            if folder.exists():
                folder.rmdir()
            ready.rename(folder)
    except OSError as error:
        raise CasekitError(f"Le dossier {folder} ne peut pas être écrit : {why(error)}.") from error
    return Certificates(folder, until)


def certificates_in(folder: Path, now: datetime | None = None) -> Certificates:
    """Return the certificates of a folder.

    Raises
    ------
    CasekitError
        When a file is missing, unreadable, open to other accounts, or no longer valid.
    """
    x509 = import_cryptography().x509
    missing = [name for name in (AUTHORITY, CERTIFICATE, KEY) if not (folder / name).is_file()]
    if missing:
        raise CasekitError(
            f"Il manque {', '.join(missing)} dans {folder}. {MAKE} fait ces fichiers ; « --certificats DOSSIER » dit "
            "où ils sont. Rien n’a été corrigé."
        )
    if os.name == "posix" and (folder / KEY).stat().st_mode & 0o077:
        raise CasekitError(
            f"D’autres comptes de cette machine peuvent lire {folder / KEY}. Retirez-leur ce droit "
            f"(« chmod 700 {folder} », « chmod 600 {folder / KEY} »), puis relancez. Rien n’a été corrigé."
        )
    try:
        with (folder / CERTIFICATE).open("rb") as file:
            until = x509.load_pem_x509_certificate(file.read(_LARGEST)).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise CasekitError(
            f"{folder / CERTIFICATE} n’est pas un certificat lisible. Retirez ce dossier et relancez {MAKE}."
        ) from error
    found = Certificates(folder, until)
    if (now or datetime.now(UTC)) >= until:
        raise CasekitError(
            f"Les certificats de {folder} n’étaient valables que jusqu’au {found.last_day}. Retirez ce dossier, "
            f"relancez {MAKE}, puis copiez les nouveaux sur chaque machine. Rien n’a été corrigé."
        )
    return found


def how_to_use(made: Certificates) -> list[str]:
    """Return what to copy where, and the command lines, in French."""
    files = f"--tls-ca-file {AUTHORITY} --tls-cert {CERTIFICATE} --tls-key {KEY}"
    quiet = "--dashboard-address 127.0.0.1:0"
    return [
        f"Certificats écrits dans {made.folder}, valables jusqu’au {made.last_day} : l’autorité ({AUTHORITY}), un "
        f"certificat ({CERTIFICATE}) et sa clé ({KEY}), les mêmes pour toutes les machines.",
        "Qui possède ces fichiers peut faire exécuter n’importe quoi par ces machines. Copiez le dossier, droits "
        "compris (« scp -p -r »), sur la machine de l’ordonnanceur et sur chaque machine qui corrige ; retirez-le "
        "partout quand la correction est finie.",
        "Sur la machine de l’ordonnanceur, dans ce dossier (ADRESSE est celle de son interface) :",
        f"    dask scheduler --protocol tls --host ADRESSE --port 8786 {quiet} {files}",
        "Sur chaque machine qui corrige, dans ce dossier, avec un compte ordinaire, jamais root (ICI est l’adresse de "
        "son interface ; un processus par cœur) :",
        f"    dask worker tls://ADRESSE:8786 --host ICI --nthreads 1 --nworkers 4 {quiet} {files}",
        "Dans le cours :",
        "    casekit grade ÉVALUATION --dask tls://ADRESSE:8786",
    ]


def not_installed(error: ImportError) -> CasekitError:
    """Return the error that says that the libraries of the ``dask`` extra are missing."""
    return CasekitError(
        f"Dask n’est pas installé dans cet environnement (il manque « {error.name} ») : "
        "« pip install 'casekit[dask]' », puis relancez."
    )


def import_cryptography() -> Any:
    """Return the library that makes and reads certificates.

    Raises
    ------
    CasekitError
        When it is not installed.
    """
    try:
        import cryptography.x509
    except ImportError as error:
        raise not_installed(error) from error
    return cryptography


def _contents(begin: datetime, until: datetime) -> dict[str, bytes]:
    """Return what each file holds: keys on the curve P-256, a certificate good for both ends of a connection."""
    x509 = import_cryptography().x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def named(name: str) -> Any:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])

    def builder(name: str, key: Any, is_authority: bool) -> Any:
        usage = x509.KeyUsage(
            digital_signature=not is_authority, key_cert_sign=is_authority, crl_sign=is_authority,
            content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        return (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named("casekit-autorite"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(is_authority, 0 if is_authority else None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        )

    signer, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = builder("casekit-autorite", signer, is_authority=True).sign(signer, hashes.SHA256())
    both_ends = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH, x509.ExtendedKeyUsageOID.CLIENT_AUTH])
    certificate = (
        builder("casekit-dask", own, is_authority=False)
        .add_extension(both_ends, critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("casekit-dask")]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return {AUTHORITY: authority.public_bytes(pem), CERTIFICATE: certificate.public_bytes(pem), KEY: private}


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
