import CitizenCore
import Foundation

/// A story that the tests of all languages run: frames, and what each must give.
struct Scenario: Decodable {
    let title: String
    let today: String
    let steps: [Step]

    /// One frame.
    struct Step: Decodable {
        let frame: Frame
        /// `{"card": {...}}` or `{"hint": "..."}`.
        let expect: JSON
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
            guard !scenario.steps.isEmpty else {
                throw BadInput(description: "\(file) has no steps")
            }
            return (file, scenario)
        }
    }
}
