import CitizenCore
import Foundation

/// A screen that keeps pages until somebody looks.
final class Screen: Platform {
    private let pages = Waiting<Page>()

    /// How long a page may take.
    private let pageTime: TimeInterval = 20

    func render(page: Page) throws -> Handled {
        pages.add(page)
        return .done
    }

    func perform(request: Request) throws -> Handled {
        .done
    }

    /// The next page that is drawn; `nil` where none comes.
    func next() -> Page? {
        pages.next(within: pageTime)
    }
}

/// Nothing to fear.
final class Quiet: RiskSignals {
    func read() throws -> RiskReading {
        RiskReading(call: .no, capture: .no, remote: .no, overlay: .no, accessibility: .no, debugger: .no)
    }
}
