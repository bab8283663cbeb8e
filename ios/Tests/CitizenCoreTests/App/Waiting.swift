import Foundation

/// What one thread leaves for another that waits for it.
final class Waiting<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var elements: [Element] = []

    func add(_ element: Element) {
        condition.lock()
        defer { condition.unlock() }
        elements.append(element)
        condition.signal()
    }

    /// The next one; `nil` where none comes in time.
    func next(within seconds: TimeInterval) -> Element? {
        let limit = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while elements.isEmpty {
            guard condition.wait(until: limit) else { return nil }
        }
        return elements.removeFirst()
    }
}
