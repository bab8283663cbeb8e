package vn.citizen.core.journeys

/** What secrets are entered, by the names that scenarios have for them. */
private val SECRETS = mapOf(
    "good" to "hoa sen no tren ho 7",
    "other" to "hoa sen tan tren ho 8",
    "short" to "hoa",
    "common" to "password1",
    "pin" to "481526",
    "other_pin" to "592637",
    "trivial_pin" to "123456",
    "code" to "271828",
    "partial_code" to "2718",
)

/** Messages that carry a code, or do not. */
private val MESSAGES = mapOf(
    "message" to "271828 la ma dang ky dinh danh. Doi chieu KA.\nCode to register, ref KA.\n@localhost #271828",
    "message_of_another" to "271828 la ma cua ban.\n@elsewhere.example #271828",
    "no_message" to "Chuc mung nam moi 2027",
    "letters" to "27l828",
)

internal fun secret(name: String): String = (SECRETS + MESSAGES)[name] ?: error("no secret is called $name")
