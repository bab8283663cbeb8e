//! The bytes that are signed.

/// The signature base of RFC 9421, 2.5: a line for each covered component, then the parameters; no line end behind the last.
/// Component names stand without their quotes.
#[must_use]
pub fn signature_base<'n, 'v>(components: impl IntoIterator<Item = (&'n str, &'v str)>, parameters: &str) -> String {
    let mut base = String::new();
    for (name, value) in components {
        base.extend(["\"", name, "\": ", value, "\n"]);
    }
    base.extend(["\"@signature-params\": ", parameters]);
    base
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;
    use crate::key::PublicKey;

    /// RFC 9421, B.2.4: a response signed with ecdsa-p256-sha256 by test-key-ecc-p256 (B.1.3).
    #[test]
    fn the_rfcs_own_signature_verifies() {
        let spki = STANDARD
            .decode(
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==",
            )
            .unwrap();
        let key = PublicKey::from_spki(&spki).unwrap();
        let digest =
            "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";
        let base = signature_base(
            [
                ("@status", "200"),
                ("content-type", "application/json"),
                ("content-digest", digest),
                ("content-length", "23"),
            ],
            r#"("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256""#,
        );
        let signature = STANDARD
            .decode("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==")
            .unwrap()
            .try_into()
            .unwrap();
        assert!(key.verify(base.as_bytes(), &signature));
        assert!(!key.verify(base.replace("200", "201").as_bytes(), &signature));
    }
}
