import CitizenCore
import XCTest

/// A key store written in Swift opens the vault, and nothing that goes wrong in it escapes without a type.
final class KeystoreTests: XCTestCase {
    func test_the_vault_opens_with_it_again_and_again_under_one_key() throws {
        let phone = try PhoneStorage()
        for _ in 0..<3 {
            try open(phone) { XCTAssertEqual($0.losses(), []) }
        }
        XCTAssertEqual(phone.keystore.aliases.count, 1)
        let keys = try Data(contentsOf: phone.folder.appendingPathComponent("app/vault/store/keys"))
        XCTAssertGreaterThan(keys.count, 60, "the wrapped keys are kept beside the database")
    }

    func test_it_is_called_on_a_thread_of_the_core_never_on_the_callers() throws {
        let phone = try PhoneStorage()
        try open(phone) { _ in }
        let caller = try XCTUnwrap(phone.keystore.lastCaller)
        XCTAssertFalse(caller === Thread.current)
        XCTAssertFalse(caller.isMainThread)
    }

    func test_an_error_of_the_shells_own_is_a_typed_error() throws {
        let phone = try PhoneStorage()
        let fault = BadInput(description: "a bug of the shell, with the holder's name in it")
        // At the first opening the key is made, wraps, and is tried; at the next ones it unwraps.
        for calls in 0..<3 {
            assertUnexpected { try phone.open(FaultyKeystore(phone.keystore, fault, after: calls)) }
        }
        try open(phone) { XCTAssertEqual($0.losses(), []) }
        assertUnexpected { try phone.open(FaultyKeystore(phone.keystore, fault)) }
        try open(phone) { XCTAssertEqual($0.losses(), []) }
    }

    func test_a_second_opening_is_refused_until_the_first_is_closed() throws {
        let phone = try PhoneStorage()
        let first = try phone.open(phone.keystore)
        XCTAssertThrowsError(try phone.open(phone.keystore)) { XCTAssertEqual($0 as? Problem, .InUse) }
        first.shutdown()
        try open(phone) { XCTAssertEqual($0.losses(), []) }
    }

    private func assertUnexpected(_ open: () throws -> App) {
        XCTAssertThrowsError(try open()) { error in
            XCTAssertEqual(error as? Problem, .Keystore(error: .Unexpected))
            XCTAssertFalse("\(error)".contains("holder"), "what the shell said stays in the shell")
        }
    }

    private func open(_ phone: PhoneStorage, _ use: (App) -> Void) throws {
        let app = try phone.open(phone.keystore)
        use(app)
        app.shutdown()
    }
}
