import CitizenCore
import XCTest

final class ThreadsTests: XCTestCase {
    func test_one_scanner_serves_four_threads_at_once() throws {
        let frames = [try Picture.scene("easy"), .grey(width: 640, height: 480)].map { $0.asLuma() }
        let alone = try frames.map(scan)
        let scanner = try CardScanner(today: today)
        let threads = (0..<4).map { _ in
            Threaded { try (0..<8).map { try scanner.scan(y: frames[$0 % 2].bytes, layout: frames[$0 % 2].layout) } }
        }
        for thread in threads {
            XCTAssertEqual(try thread.value(), (0..<8).map { alone[$0 % 2] })
        }
    }
}

/// A value that a thread of its own computes.
private final class Threaded<Value: Sendable>: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var result: Result<Value, Error>?

    init(_ work: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread {
            self.result = Result(catching: work)
            self.done.signal()
        }
    }

    /// Waits for the thread to end. Once only.
    func value() throws -> Value {
        done.wait()
        return try XCTUnwrap(result).get()
    }
}
