import CitizenCore
import Foundation

/// What the command line made of one drawn frame.
struct CliLine: Decodable {
    let file: String
    /// `.null` where there is no card.
    let card: JSON
    /// `.null` where there is a card.
    let hint: JSON
    let corners: [[Float]]

    var scene: String {
        String(file.dropLast(".pgm".count))
    }

    var points: [Point] {
        corners.map { Point(x: $0[0], y: $0[1]) }
    }

    static func all() throws -> [CliLine] {
        let text = try Data(contentsOf: Repository.scenes.appendingPathComponent("cli.jsonl"))
        let lines = try text.split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDecoder().decode(CliLine.self, from: line)
        }
        guard !lines.isEmpty else {
            throw BadInput(description: "cli.jsonl is empty")
        }
        return lines
    }
}
