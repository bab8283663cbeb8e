import CitizenCore
import Foundation

/// The sandbox, a program of its own. It ends with its input, so also with this process.
final class Sandbox {
    private let folder: URL
    private let process = Process()
    private let input = Pipe()
    private let lines = Waiting<JSON>()
    private let ended = Waiting<Int32>()

    /// It makes keys and a population first.
    private static let start: TimeInterval = 120
    /// From an event to the message that it leads to; also for the end.
    private static let wait: TimeInterval = 20

    /// What a build for it knows.
    let service: ServiceConfig

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)")
        let output = Pipe()
        process.executableURL = Repository.citizen
        process.arguments = [
            "sandbox", "--port", "0", "--data", folder.path, "--messages", "--approve", "--until-stdin-closes",
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.terminationHandler = { [ended] in ended.add($0.terminationStatus) }
        try process.run()
        Self.read(output.fileHandleForReading, into: lines)
        guard let ready = lines.next(within: Self.start) else {
            throw BadInput(description: "no sandbox; start it by hand to see why: \(Repository.citizen.path) sandbox")
        }
        service = try ServiceConfig(of: URL(fileURLWithPath: try ready.field("ready").text()))
    }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: folder)
    }

    /// The next message with a code that goes to a number.
    func message(to number: String) throws -> String {
        while let message = lines.next(within: Self.wait) {
            let body = try message.field("body").text()
            let beginsWithCode = body.prefix(6).allSatisfy(\.isNumber)
            if try message.field("to").text() == number, beginsWithCode { return body }
        }
        throw BadInput(description: "no code is sent")
    }

    /// Ends it, and says how it ended; 0 is well.
    func stop() throws -> Int32 {
        try input.fileHandleForWriting.close()
        guard let status = ended.next(within: Self.wait) else {
            throw BadInput(description: "the sandbox goes on without its input")
        }
        return status
    }

    /// On a thread of its own, until the output ends.
    private static func read(_ output: FileHandle, into lines: Waiting<JSON>) {
        Thread.detachNewThread {
            var rest = Data()
            while case let more = output.availableData, !more.isEmpty {
                rest.append(more)
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    if let line = try? JSONDecoder().decode(JSON.self, from: rest[..<end]) { lines.add(line) }
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
        }
    }
}
