import CitizenCore
import XCTest

/// From a card to a working account, at the sandbox over TLS, with a key store of Swift's own.
final class EnrolmentTests: XCTestCase {
    private let middle = "enrol-portrait"
    private let last = "home-account"
    private let firstHalf = [
        "home", "consent-loading", "consent",
        "enrol-who", "card-scan", "card-review", "enrol-contact", "enrol-code",
    ]
    private let secondHalf = [
        "enrol-portrait", "enrol-password", "enrol-submit", "enrol-sending", "enrol-applying", "enrol-receipt",
        "status-asking", "status-approved", "sign-in-form", "sign-in-sending", "home-account",
    ]

    func test_a_citizen_gets_an_account_and_signs_in() throws {
        try atTheSandbox { sandbox, holder, phone in
            XCTAssertEqual(try walk(phone, sandbox, holder, until: last), firstHalf + secondHalf)
            for text in holder.read { XCTAssertTrue(isVietnamese(text), text) }
        }
    }

    func test_an_app_that_is_closed_in_the_middle_goes_on_there() throws {
        try atTheSandbox { sandbox, holder, phone in
            XCTAssertEqual(try walk(phone, sandbox, holder, until: middle), firstHalf + [middle])
            XCTAssertEqual(try walk(phone, sandbox, holder, until: last), secondHalf)
        }
    }

    private func atTheSandbox(_ test: (Sandbox, Holder, PhoneStorage) throws -> Void) throws {
        let sandbox = try Sandbox()
        try test(sandbox, Holder(Citizen(1), at: sandbox), PhoneStorage())
        XCTAssertEqual(try sandbox.stop(), 0)
    }

    /// Opens the app, goes on until a page, and closes it.
    private func walk(
        _ phone: PhoneStorage, _ sandbox: Sandbox, _ holder: Holder, until last: String
    ) throws -> [String] {
        let screen = Screen()
        let config = AppConfig(folder: phone.folder.appendingPathComponent("app"), service: sandbox.service)
        let app = try App.open(config: config, platform: screen, keystore: phone.keystore, risk: Quiet())
        defer { app.shutdown() }
        return try holder.walk(app, screen, until: last)
    }

    /// Whether it has a letter that only Vietnamese has; a word or two may do without.
    private func isVietnamese(_ text: String) -> Bool {
        let letters = "ăâđêôơưĂÂĐÊÔƠƯ".unicodeScalars
        let has = text.unicodeScalars.contains { letters.contains($0) || (0x1ea0...0x1ef9).contains($0.value) }
        return has || text.count < 20
    }
}
