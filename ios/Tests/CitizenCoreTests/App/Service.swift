import CitizenCore
import Foundation

extension ServiceConfig {
    /// A service, from its `client.json`.
    init(of file: URL) throws {
        let json = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))
        let pem = try json.field("ca_pem").text().split(separator: "\n").filter { !$0.hasPrefix("-----") }
        self.init(
            host: "\(try json.field("host").text()):\(try json.field("port").whole())",
            roots: [try base64(pem.joined())],
            rootKey: try base64(json.field("root_spki").text()),
            pins: Data(try json.field("pin_set").written().utf8)
        )
    }

    /// A service whose configuration holds, where nobody listens.
    static func nowhere() throws -> ServiceConfig {
        try ServiceConfig(of: Repository.scenes.appendingPathComponent("service/client.json"))
    }
}

extension AppConfig {
    /// An app of a phone that offers codes out of messages.
    init(folder: URL, service: ServiceConfig) {
        self.init(
            folder: folder.path,
            language: "vi",
            phone: PhoneInfo(model: "Model 1", os: "iOS 18.1", appVersion: "0.1.0"),
            smsToken: nil,
            production: false,
            service: service
        )
    }
}

private func base64(_ text: String) throws -> Data {
    guard let data = Data(base64Encoded: text) else { throw BadInput(description: "\(text) is not base64") }
    return data
}
