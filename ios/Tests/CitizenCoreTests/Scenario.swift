import CitizenCore
import Foundation

/// A story that the tests of all languages run.
struct Scenario: Decodable {
    let title: String
    /// The day, for cards.
    let today: String?
    /// What is asked of a selfie.
    let profile: String?
    let comeCloser: Bool?
    let steps: [Step]

    private enum CodingKeys: String, CodingKey {
        case title, today, profile, steps
        case comeCloser = "come_closer"
    }

    /// What is shown, and what it must give. One of the first eight is there.
    struct Step: Decodable {
        /// A picture by itself.
        let frame: Frame?
        /// Each frame of a burst by itself: all must give the same.
        let stills: Burst?
        /// The frames of a burst one after the other, until a card is read; the last answer counts.
        let stream: Burst?
        /// Frames of a selfie stream, until the picture takes itself; the last answer counts.
        let selfie: SelfieFrames?
        /// A picture of full resolution instead.
        let selfieStill: SelfieFrame?
        /// The button.
        let takeNow: Button?
        /// Opens the app's storage anew, with a key store that answers so.
        let openStorage: Opening?
        /// The holder was told of the losses.
        let tellLosses: Button?
        /// Each of these must be so: see `tests/harness/tests/scenarios`.
        let expect: [String: JSON]

        private enum CodingKeys: String, CodingKey {
            case frame, stills, stream, selfie, expect
            case selfieStill = "selfie_still"
            case takeNow = "take_now"
            case openStorage = "open_storage"
            case tellLosses = "tell_losses"
        }
    }

    struct Frame: Decodable {
        let scene: String
        let rotation: String?

        func load() throws -> CameraFrame {
            try Picture.scene(scene).asLuma(rotation: try turn())
        }

        private func turn() throws -> Rotation {
            switch rotation {
            case nil, "upright": return .upright
            case "clockwise": return .clockwise
            case "upside_down": return .upsideDown
            case "counter_clockwise": return .counterClockwise
            case let name?: throw BadInput(description: "no rotation is called \(name)")
            }
        }
    }

    /// A scene in a hand that shakes.
    struct Burst: Decodable {
        let burst: String
        /// How many are shown; after the last drawn one comes the first again. All once if missing.
        let frames: Int?

        func load() throws -> [CameraFrame] {
            let drawn = try Picture.burst(burst).map { $0.asLuma() }
            return (0..<(frames ?? drawn.count)).map { drawn[$0 % drawn.count] }
        }
    }

    struct SelfieFrames: Decodable {
        let show: String
        let frames: Int
        /// Ask for less from here on.
        let relax: Bool?

        /// After the last drawn one comes the first again.
        func load() throws -> [ColourFrame] {
            let drawn = try ColourFrame.held(show)
            return (0..<frames).map { drawn[$0 % drawn.count] }
        }
    }

    struct SelfieFrame: Decodable {
        let show: String

        func load() throws -> ColourFrame {
            try ColourFrame.held(show)[0]
        }
    }

    struct Button: Decodable {}

    struct Opening: Decodable {
        let keyStore: String

        private enum CodingKeys: String, CodingKey {
            case keyStore = "key_store"
        }
    }

    func selfieProfile() throws -> SelfieProfile {
        switch profile {
        case nil, "normal": return .normal
        case "relaxed": return .relaxed
        case "strict": return .strict
        case let name?: throw BadInput(description: "no profile is called \(name)")
        }
    }

    /// All of them with their files' names.
    static func all() throws -> [(file: String, scenario: Scenario)] {
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.scenarios.path)
        let files = names.filter { $0.hasSuffix(".json") }.sorted()
        guard !files.isEmpty else {
            throw BadInput(description: "no scenario in \(Repository.scenarios.path)")
        }
        return try files.map { file in
            let data = try Data(contentsOf: Repository.scenarios.appendingPathComponent(file))
            let scenario = try JSONDecoder().decode(Scenario.self, from: data)
            guard !scenario.steps.isEmpty, scenario.steps.allSatisfy({ !$0.expect.isEmpty }) else {
                throw BadInput(description: "\(file) has no steps, or one that expects nothing")
            }
            return (file, scenario)
        }
    }
}
