"""Certificates under `$FENGSUI_HOME/tls`: an authority of our own and a server certificate, or given ones.

Without HTTPS a browser has no camera, no position, no service worker. A closed network has no public
authority, so the installation makes one (EC P-256); its `ca.crt` is what phones are told to trust.
"""

import ipaddress
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from fengsui.kernel.refusal import Refusal
from fengsui.platform import durable

# 825 days is the longest that Apple's systems accept of a server (support.apple.com/103769).
_AUTHORITY_DAYS, _SERVER_DAYS = 3650, 825
_LEEWAY = timedelta(hours=1)  # a phone's clock may be behind ours
Key = ec.EllipticCurvePrivateKey


def folder() -> Path:
    return Path(settings.HOME) / "tls"


def paths() -> tuple[Path, Path]:
    """Certificate (with chain) and key as the web server takes them."""
    return folder() / "server.crt", folder() / "server.key"


def authority_path() -> Path:
    return folder() / "ca.crt"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a server certificate is good for."""

    names: tuple[str, ...]
    ends: datetime
    own: bool
    fingerprint: str

    def days_left(self, now: datetime) -> int:
        return (self.ends - now).days


def names_wanted() -> list[str]:
    """Every name under which this machine may be called: the settings', its own, its address."""
    names = [host.strip("[]") for host in settings.ALLOWED_HOSTS if host not in {"*", ""}]
    return list(dict.fromkeys([*names, socket.gethostname().lower(), *_addresses()]))


def _addresses() -> list[str]:
    """The address other machines reach us by. Nothing is sent: connecting UDP only picks a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1 of RFC 5737
            return [str(probe.getsockname()[0])]
        except OSError:
            return []


def standing() -> Standing | None:
    """The server certificate that is there, or None. Refuses `certificate-invalid`."""
    path, _key = paths()
    if not path.exists():
        return None
    found = _certificate(path)
    own = authority_path().exists() and found.issuer == _certificate(authority_path()).subject
    top = _certificate(authority_path()) if own else found
    return Standing(
        names=tuple(_names(found)),
        ends=found.not_valid_after_utc,
        own=own,
        fingerprint=top.fingerprint(hashes.SHA256()).hex(":"),
    )


def ensure(now: datetime, renew_days: int, wanted: list[str] | None = None) -> bool:
    """Make what is missing; renew our own certificate in time or for a new name. True: it is new."""
    names = names_wanted() if wanted is None else wanted
    there = standing()
    if there is not None:
        fresh = there.days_left(now) >= renew_days and set(names) <= set(there.names)
        if fresh or not there.own:
            return False
    _issue(names, now)
    return True


def take(certificate: Path, key: Path, now: datetime) -> None:
    """Use a certificate from elsewhere. Refuses `certificate-invalid` before anything is written."""
    found = _certificate(certificate)
    loaded = _key(key)
    if _public(found.public_key()) != _public(loaded.public_key()):
        raise Refusal("certificate-invalid", file=str(key), problem="私钥与证书不配对")
    if not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
        raise Refusal("certificate-invalid", file=str(certificate), problem="不在有效期内")
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    authority_path().unlink(missing_ok=True)
    own_certificate, own_key = paths()
    durable.write(own_key, _pem(loaded))
    durable.write(own_certificate, certificate.read_bytes())


def _issue(names: list[str], now: datetime) -> None:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    authority, authority_key = _authority(now)
    key = ec.generate_private_key(ec.SECP256R1())
    ends = min(now + timedelta(days=_SERVER_DAYS) - _LEEWAY, authority.not_valid_after_utc)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    made = (
        _builder(subject, authority.subject, key, now, ends)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(_usage(signs_certificates=False), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .add_extension(_issued_by(authority_key), False)
        .sign(authority_key, hashes.SHA256())
    )
    certificate_path, key_path = paths()
    chain = _certificate_pem(made) + _certificate_pem(authority)
    durable.write(key_path, _pem(key))
    durable.write(certificate_path, chain)


def _authority(now: datetime) -> tuple[x509.Certificate, Key]:
    """Ours, made once for ten years, or anew when it ends within the life of a certificate."""
    key_path = folder() / "ca.key"
    if authority_path().exists() and key_path.exists():
        found = _certificate(authority_path())
        if found.not_valid_after_utc > now + timedelta(days=_SERVER_DAYS):
            return found, _key(key_path)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Fengsui 烽燧"),
            x509.NameAttribute(
                NameOID.COMMON_NAME, f"Fengsui {socket.gethostname()} {now:%Y-%m-%d}"[:64]
            ),
        ]
    )
    made = (
        _builder(name, name, key, now, now + timedelta(days=_AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .add_extension(_usage(signs_certificates=True), True)
        .add_extension(_issued_by(key), False)
        .sign(key, hashes.SHA256())
    )
    durable.write(key_path, _pem(key))
    durable.write(authority_path(), _certificate_pem(made))
    return made, key


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _LEEWAY)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )


def _issued_by(key: Key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _names(found: x509.Certificate) -> list[str]:
    try:
        listed = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [str(name.value) for name in listed]


def _certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _invalid(path, error) from error


def _key(path: Path) -> Key:
    """Any private key the web server can use; typed as ours because only ours signs here."""
    try:
        return serialization.load_pem_private_key(path.read_bytes(), None)  # type: ignore[return-value]  # given keys may be RSA
    except (OSError, ValueError, TypeError) as error:
        raise _invalid(path, error) from error


def _invalid(path: Path, error: Exception) -> Refusal:
    return Refusal("certificate-invalid", file=str(path), problem=f"读不出来（{error}）")


def _public(key: object) -> bytes:
    return key.public_bytes(  # type: ignore[attr-defined,no-any-return]  # every kind of public key has it
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate_pem(found: x509.Certificate) -> bytes:
    return found.public_bytes(serialization.Encoding.PEM)
