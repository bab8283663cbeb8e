import Foundation

enum Repository {
    private static let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
        path.deletingLastPathComponent()
    }

    /// The drawn frames, and what the command line made of them.
    static let scenes = root.appendingPathComponent("target/scenes")

    /// Folders with the frames of drawn bursts.
    static let bursts = scenes.appendingPathComponent("bursts")

    /// Folders with the frames of drawn selfies.
    static let selfies = scenes.appendingPathComponent("selfies")

    /// The stories that the tests of all languages share.
    static let scenarios = root.appendingPathComponent("tests/scenarios")
}

/// Why a test can't run: its inputs are missing or damaged.
struct BadInput: Error, CustomStringConvertible {
    let description: String
}
