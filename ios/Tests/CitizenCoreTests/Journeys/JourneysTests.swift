import CitizenCore
import XCTest

/// Runs `tests/scenarios/journeys`, as Rust and Kotlin do; `cargo xtask test` compares the pages that all three saw.
final class JourneysTests: XCTestCase {
    func test_every_journey_goes_as_written() throws {
        let lines = try JourneyScenario.all().map { scenario in
            "\(scenario.name): \(try pages(of: scenario).joined(separator: " "))\n"
        }
        try FileManager.default.createDirectory(at: Repository.pagesSeen, withIntermediateDirectories: true)
        let file = Repository.pagesSeen.appendingPathComponent("swift.txt")
        try Data(lines.joined().utf8).write(to: file)
    }

    /// Their ids, one after the other as they change.
    private func pages(of scenario: JourneyScenario) throws -> [String] {
        let stage = Rehearsal(language: scenario.language)
        var shown = stage.advance(seconds: 0)
        var pages = [shown.page.id]
        if let like = scenario.like {
            var steps = try like.steps().makeIterator()
            while shown.page.id != like.until {
                guard let step = steps.next() else {
                    throw BadInput(description: "\(scenario.name): \(like.scenario) never shows \(like.until)")
                }
                shown = try stage.happen(step, on: shown.page.id)
            }
            pages.append(shown.page.id)
        }
        for (number, step) in zip(1..., scenario.steps) {
            shown = try stage.happen(step, on: shown.page.id)
            try step.check(shown, "\(scenario.name), step \(number)")
            if pages.last != shown.page.id { pages.append(shown.page.id) }
        }
        return pages
    }
}
