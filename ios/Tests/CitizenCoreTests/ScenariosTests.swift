import CitizenCore
import XCTest

final class ScenariosTests: XCTestCase {
    func test_every_scenario_runs_as_written() throws {
        for (file, scenario) in try Scenario.all() {
            let scanner = try CardScanner(today: scenario.today)
            for (number, step) in zip(1..., scenario.steps) {
                let place = "\(file) (\(scenario.title)), step \(number)"
                do {
                    let scan = try scan(step.frame.load(), with: scanner)
                    XCTAssertEqual(json(scan), step.expect, place)
                } catch {
                    XCTFail("\(place): \(error)")
                }
            }
        }
    }

    private func scan(_ frame: CameraFrame, with scanner: CardScanner) throws -> Scan {
        try scanner.scan(y: frame.bytes, layout: frame.layout)
    }

    private func json(_ scan: Scan) -> JSON {
        switch scan {
        case .card(let reading, _): return .object(["card": JSON(reading)])
        case .hint(let hint): return .object(["hint": JSON(hint)])
        }
    }
}
