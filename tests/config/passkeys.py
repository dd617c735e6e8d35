"""A passkey in software: what a phone does when the browser asks it, with real keys and signatures."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpResponse
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.config.accounts import confirm_address
from tests.reading import soup

ADD_PASSKEY = "/konto/tva-steg/passkeys/add/"
USE_PASSKEY = "/konto/tva-steg/passkeys/login/"
CREDENTIAL = b"a passkey of the tests"
PRESENT = AuthenticatorData.FLAG.UP
VERIFIED = PRESENT | AuthenticatorData.FLAG.UV


@dataclass(slots=True)
class Passkey:
    """Kept by a device at `origin`; `verifies` tells whether the device asks who holds it."""

    origin: str = "http://localhost"
    verifies: bool = True
    user_handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict[str, Any]) -> str:
        """Return the answer of `navigator.credentials.create`."""
        wishes = json.loads(json.dumps(options, default=dict))["publicKey"]
        self.user_handle = wishes["user"]["id"]
        public = AttestedCredentialData.create(
            b"\0" * 16, CREDENTIAL, ES256.from_cryptography_key(self.key.public_key())
        )
        data = self._data(wishes["rp"]["id"], public)
        return self._answer(
            {
                "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
                "clientDataJSON": websafe_encode(self._client_data("webauthn.create", wishes["challenge"])),
            },
            clientExtensionResults={"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any]) -> str:
        """Return the answer of `navigator.credentials.get`."""
        wishes = json.loads(json.dumps(options, default=dict))["publicKey"]
        data = self._data(wishes["rpId"])
        client_data = self._client_data("webauthn.get", wishes["challenge"])
        signed = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "authenticatorData": websafe_encode(data),
                "clientDataJSON": websafe_encode(client_data),
                "signature": websafe_encode(signed),
                "userHandle": self.user_handle,
            }
        )

    def _data(self, site: str, public: AttestedCredentialData | None = None) -> AuthenticatorData:
        flags = VERIFIED if self.verifies else PRESENT
        if public:
            flags |= AuthenticatorData.FLAG.AT
        return AuthenticatorData.create(hashlib.sha256(site.encode()).digest(), flags, 0, public or b"")

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str], **others: Any) -> str:
        name = websafe_encode(CREDENTIAL)
        return json.dumps({"type": "public-key", "id": name, "rawId": name, "response": response, **others})


def script_data(answer: HttpResponse) -> dict[str, Any]:
    """Return what a page gives to its script."""
    return json.loads(soup(answer).select_one("#js_data").string)


def add_passkey(client: Client, passkey: Passkey) -> str:
    """Add a passkey to the account that is signed in; return where that leads."""
    confirm_address(client)
    options = script_data(client.get(ADD_PASSKEY))["creation_options"]
    answer = client.post(ADD_PASSKEY, {"name": "Min telefon", "credential": passkey.create(options)})
    return answer.url if answer.status_code == 302 else ""


def use_passkey(client: Client, passkey: Passkey) -> str:
    """Sign in with a passkey; return where that leads."""
    options = json.loads(client.get(USE_PASSKEY, headers={"accept": "application/json"}).content)["request_options"]
    return client.post(USE_PASSKEY, {"credential": passkey.get(options)}).url
