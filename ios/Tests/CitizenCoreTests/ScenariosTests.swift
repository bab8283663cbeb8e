import CitizenCore
import XCTest

final class ScenariosTests: XCTestCase {
    func test_every_scenario_runs_as_written() throws {
        for (file, scenario) in try Scenario.all() {
            let scanner = try CardScanner(today: scenario.today)
            for (number, step) in zip(1..., scenario.steps) {
                let place = "\(file) (\(scenario.title)), step \(number)"
                do {
                    for scan in try scans(step, with: scanner) {
                        let found = json(scan).filter { step.expect.keys.contains($0.key) }
                        XCTAssertEqual(found, step.expect, place)
                    }
                } catch {
                    XCTFail("\(place): \(error)")
                }
            }
        }
    }

    private func scans(_ step: Scenario.Step, with scanner: CardScanner) throws -> [Scan] {
        switch (step.frame, step.stills, step.stream) {
        case (let frame?, nil, nil): return [try still(frame.load(), with: scanner)]
        case (nil, let burst?, nil): return try burst.load().map { try still($0, with: scanner) }
        case (nil, nil, let burst?): return [try untilCard(burst.load(), with: scanner)]
        default: throw BadInput(description: "a step shows one thing")
        }
    }

    private func still(_ frame: CameraFrame, with scanner: CardScanner) throws -> Scan {
        try scanner.scanStill(y: frame.bytes, layout: frame.layout)
    }

    private func untilCard(_ frames: [CameraFrame], with scanner: CardScanner) throws -> Scan {
        for frame in frames.dropLast() {
            let scan = try scanner.scan(y: frame.bytes, layout: frame.layout)
            if case .card = scan { return scan }
        }
        let last = try XCTUnwrap(frames.last)
        return try scanner.scan(y: last.bytes, layout: last.layout)
    }

    private func json(_ scan: Scan) -> [String: JSON] {
        switch scan {
        case .card(let reading, _):
            return ["card": JSON(reading)]
        case .hint(let hint, let suggestions, _):
            return ["card": .null, "hint": JSON(hint), "suggest": JSON(suggestions)]
        }
    }
}
