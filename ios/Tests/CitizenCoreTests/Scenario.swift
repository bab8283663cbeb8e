import CitizenCore
import Foundation

/// A story that the tests of all languages run.
struct Scenario: Decodable {
    let title: String
    let today: String
    let steps: [Step]

    /// What is shown, and what it must give. One of `frame`, `stills` and `stream` is there.
    struct Step: Decodable {
        /// A picture by itself.
        let frame: Frame?
        /// Each frame of a burst by itself: all must give the same.
        let stills: Burst?
        /// The frames of a burst one after the other, until a card is read; the last answer counts.
        let stream: Burst?
        /// Each of these must be so: `card`, or null; `hint`; `suggest`, what the shell may do by itself.
        let expect: [String: JSON]
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
            guard !drawn.isEmpty else {
                throw BadInput(description: "no frame of \(burst)")
            }
            return (0..<(frames ?? drawn.count)).map { drawn[$0 % drawn.count] }
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
