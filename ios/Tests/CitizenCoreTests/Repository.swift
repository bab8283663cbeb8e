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

    /// Citizens whom the sandbox knows: a drawn card, and what they type.
    static let enrolment = scenes.appendingPathComponent("enrolment")

    /// The stories that the tests of all languages share.
    static let scenarios = root.appendingPathComponent("tests/scenarios")

    /// Those of the journeys.
    static let journeys = scenarios.appendingPathComponent("journeys")

    /// Where each language says which pages the journeys' scenarios showed.
    static let pagesSeen = root.appendingPathComponent("target/scenarios")

    /// The test harness.
    static let citizen = root.appendingPathComponent("target/debug/citizen")
}

/// Why a test can't run: its inputs are missing or damaged.
struct BadInput: Error, CustomStringConvertible {
    let description: String
}
