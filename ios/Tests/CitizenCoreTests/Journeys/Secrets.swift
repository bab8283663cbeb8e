/// What secrets are entered, by the names that scenarios have for them.
private let secrets = [
    "good": "hoa sen no tren ho 7",
    "other": "hoa sen tan tren ho 8",
    "short": "hoa",
    "common": "password1",
    "pin": "481526",
    "other_pin": "592637",
    "trivial_pin": "123456",
    "code": "271828",
    "partial_code": "2718",
]

/// Messages that carry a code, or do not.
private let messages = [
    "message": "271828 la ma dang ky dinh danh. Doi chieu KA.\nCode to register, ref KA.\n@localhost #271828",
    "message_of_another": "271828 la ma cua ban.\n@elsewhere.example #271828",
    "no_message": "Chuc mung nam moi 2027",
    "letters": "27l828",
]

func secret(_ name: String) throws -> String {
    guard let secret = secrets[name] ?? messages[name] else {
        throw BadInput(description: "no secret is called \(name)")
    }
    return secret
}
