import Foundation

/// How a journey goes: see `tests/harness/tests/journeys/step.rs`.
struct JourneyScenario {
    /// The file's, without `.json`.
    let name: String
    /// `vi` or `en`.
    let language: String
    /// Begins like another scenario, up to the page.
    let like: Like?
    let steps: [JourneyStep]

    struct Like {
        let scenario: String
        let until: String

        func steps() throws -> [JourneyStep] {
            let other = try JourneyScenario(scenario)
            guard other.like == nil else {
                throw BadInput(description: "like a scenario that begins by itself, not like \(scenario)")
            }
            return other.steps
        }
    }

    init(_ name: String) throws {
        let data = try Data(contentsOf: Repository.journeys.appendingPathComponent("\(name).json"))
        let json = try JSONDecoder().decode([String: JSON].self, from: data)
        guard case .array(let steps)? = json["steps"], !steps.isEmpty else {
            throw BadInput(description: "\(name) has no steps")
        }
        self.name = name
        self.steps = try steps.map { try JourneyStep($0.fields()) }
        language = try json["language"]?.text() ?? "vi"
        like = try json["like"].map { like in
            Like(scenario: try like.field("scenario").text(), until: try like.field("until").text())
        }
    }

    static func all() throws -> [JourneyScenario] {
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.journeys.path)
        let names = files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }.sorted()
        guard !names.isEmpty else {
            throw BadInput(description: "no scenario in \(Repository.journeys.path)")
        }
        return try names.map(JourneyScenario.init)
    }
}

/// One thing that happens, and what must be so afterwards.
struct JourneyStep {
    /// What happens: the only name beside `expect`.
    let what: String
    let how: JSON
    let expect: [String: JSON]

    init(_ json: [String: JSON]) throws {
        let happens = json.filter { $0.key != "expect" }
        guard let (what, how) = happens.first, happens.count == 1 else {
            throw BadInput(description: "one thing happens in a step, not \(happens.keys)")
        }
        self.what = what
        self.how = how
        expect = try json["expect"]?.fields() ?? [:]
    }
}
