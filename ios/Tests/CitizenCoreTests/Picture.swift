import Foundation

/// A grey picture: rows without padding, one byte a pixel.
struct Picture {
    let width: Int
    let height: Int
    let luma: [UInt8]

    static func grey(width: Int, height: Int) -> Picture {
        Picture(width: width, height: height, luma: [UInt8](repeating: 128, count: width * height))
    }

    /// A drawn frame, by its name.
    static func scene(_ name: String) throws -> Picture {
        try read(Repository.scenes.appendingPathComponent("\(name).pgm"))
    }

    /// The frames of a drawn burst, by its name.
    static func burst(_ name: String) throws -> [Picture] {
        try all(Repository.bursts.appendingPathComponent(name))
    }

    /// The drawn frames of a selfie, planes in one picture.
    static func held(_ name: String) throws -> [Picture] {
        try all(Repository.selfies.appendingPathComponent(name))
    }

    private static func all(_ folder: URL) throws -> [Picture] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".pgm") }
        guard !names.isEmpty else {
            throw BadInput(description: "no frame in \(folder.path)")
        }
        return try names.sorted().map { try read(folder.appendingPathComponent($0)) }
    }

    static func read(_ file: URL) throws -> Picture {
        let bytes = try Data(contentsOf: file)
        let parts = bytes.split(maxSplits: 4, omittingEmptySubsequences: false) { [9, 10, 13, 32].contains($0) }
        let header = parts.dropLast().map { String(decoding: $0, as: UTF8.self) }
        guard header.count == 4, header[0] == "P5", header[3] == "255" else {
            throw BadInput(description: "\(file.path) is no binary 8-bit PGM")
        }
        guard let width = Int(header[1]), let height = Int(header[2]), parts[4].count == width * height else {
            throw BadInput(description: "\(file.path) has not the size it states")
        }
        return Picture(width: width, height: height, luma: [UInt8](parts[4]))
    }

    /// This picture after a quarter turn clockwise.
    func turnedClockwise() -> Picture {
        let luma = (0..<width).flatMap { x in (0..<height).reversed().map { y in self.luma[y * width + x] } }
        return Picture(width: height, height: width, luma: luma)
    }
}
