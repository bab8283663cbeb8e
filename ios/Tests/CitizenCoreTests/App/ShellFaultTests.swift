import CitizenCore
import XCTest

/// Whatever a shell throws, the app goes on.
final class ShellFaultTests: XCTestCase {
    func test_a_shell_that_throws_whenever_it_is_called_does_not_break_the_app() throws {
        let bug = BadInput(description: "a bug of the shell, with the holder's name in it")
        for fault: any Error in [bug, PlatformError.NotNow] {
            let phone = try PhoneStorage()
            let shell = FaultyShell(fault)
            let config = AppConfig(folder: phone.folder.appendingPathComponent("app"), service: try .nowhere())
            let app = try App.open(config: config, platform: shell, keystore: phone.keystore, risk: shell)
            XCTAssertEqual(shell.drawn(), "home")
            app.dispatch(event: .action(page: "home", action: "help"))
            XCTAssertEqual(shell.drawn(), "help")
            app.dispatch(event: .action(page: "help", action: "call"))
            XCTAssertEqual(shell.asked(), "dial")
            // It does not count as drawn, so it comes again.
            XCTAssertEqual(shell.drawn(), "help")
            app.dispatch(event: .back(page: "help"))
            XCTAssertEqual(shell.drawn(), "home")
            app.shutdown()
        }
    }
}

/// Throws each time, and tells what it was called for.
private final class FaultyShell: Platform, RiskSignals {
    private let pages = Waiting<String>()
    private let requests = Waiting<String>()
    private let fault: any Error

    init(_ fault: any Error) {
        self.fault = fault
    }

    func render(page: Page) throws -> Handled {
        pages.add(page.id)
        throw fault
    }

    func perform(request: Request) throws -> Handled {
        if case .dial = request { requests.add("dial") } else { requests.add("something else") }
        throw fault
    }

    func read() throws -> RiskReading {
        throw fault
    }

    func drawn() -> String? {
        pages.next(within: 10)
    }

    func asked() -> String? {
        requests.next(within: 10)
    }
}
