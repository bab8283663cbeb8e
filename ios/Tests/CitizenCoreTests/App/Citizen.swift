import CitizenCore
import Foundation

/// A citizen of the sandbox: the card in hand, and what is typed.
struct Citizen {
    let number: String
    let phone: String
    let email: String
    let password = "hoa sen no tren ho 7"
    private let photo: CameraFrame

    /// Frames of a face, and the time from one to the next.
    private static let (frames, frameMs) = (60, UInt64(100))

    init(_ number: Int) throws {
        let typed = Repository.enrolment.appendingPathComponent("citizen-\(number).json")
        let json = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: typed))
        self.number = try json.field("number").text()
        phone = try json.field("phone").text()
        email = try json.field("email").text()
        photo = try Picture.read(Repository.enrolment.appendingPathComponent("card-\(number).pgm")).asLuma()
    }

    /// As the scanner reads it.
    func card() throws -> CitizenCard {
        try scanCard(photo).reading.card
    }

    /// As the guide takes it, once it likes what it sees.
    func portrait() throws -> Data {
        let guide = SelfieGuide(profile: .normal, comeCloser: false)
        // After the last drawn one comes the first again.
        let drawn = try ColourFrame.held("clean")
        for at in 0..<Self.frames {
            let frame = drawn[at % drawn.count]
            let nowMs = UInt64(at) * Self.frameMs
            let selfie = try guide.observe(
                y: frame.y, u: frame.u, v: frame.v, layout: frame.layout, landmarks: nil, nowMs: nowMs
            )
            if case .captured(let portrait) = selfie { return portrait.jpeg }
        }
        throw BadInput(description: "the guide takes no portrait")
    }
}
