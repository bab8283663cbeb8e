package vn.citizen.core.app

import java.nio.file.Path
import java.util.Base64
import kotlin.io.path.readText
import org.json.JSONObject
import vn.citizen.core.Repository

/** A service, from its `client.json`. */
internal fun service(file: Path): ServiceConfig {
    val json = JSONObject(file.readText())
    return ServiceConfig(
        host = "${json.getString("host")}:${json.getInt("port")}",
        roots = listOf(base64(json.getString("ca_pem").lines().filterNot { it.startsWith("-----") }.joinToString(""))),
        rootKey = base64(json.getString("root_spki")),
        pins = json.getJSONObject("pin_set").toString().toByteArray(),
    )
}

/** A service whose configuration holds, where nobody listens. */
internal fun serviceNowhere(): ServiceConfig = service(Repository.scenes.resolve("service/client.json"))

/** An app of a phone that can read messages by itself. */
internal fun appConfig(folder: Path, service: ServiceConfig = serviceNowhere()) = AppConfig(
    folder = folder.toString(),
    language = "vi",
    phone = PhoneInfo(model = "Model 1", os = "Android 15", appVersion = "0.1.0"),
    smsToken = "FA+9qCX9VSu",
    production = false,
    service = service,
)

private fun base64(text: String): ByteArray = Base64.getDecoder().decode(text)
