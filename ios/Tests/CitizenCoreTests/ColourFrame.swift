import CitizenCore
import Foundation

/// A frame as a front camera hands it over: three planes.
struct ColourFrame {
    let y: Data
    let u: Data
    let v: Data
    let layout: FrameLayout

    /// Frames of a phone held before a face, by what is wrong with them.
    static func held(_ name: String) throws -> [ColourFrame] {
        try Picture.held(name).map(ColourFrame.init)
    }

    init(y: Data, u: Data, v: Data, layout: FrameLayout) {
        (self.y, self.u, self.v, self.layout) = (y, u, v, layout)
    }

    /// Luma above, below it U at the left and V at the right: planes that share their memory.
    private init(_ picture: Picture) {
        let (width, height) = (picture.width, picture.height * 2 / 3)
        let all = Data(picture.luma)
        y = all
        u = all[(width * height)...]
        v = all[(width * height + width / 2)...]
        layout = FrameLayout(
            width: UInt32(width),
            height: UInt32(height),
            rowStride: UInt32(width),
            chromaRowStride: UInt32(width),
            chromaPixelStride: 1,
            rotation: .upright
        )
    }

    /// Its luma alone.
    var withoutColour: ColourFrame {
        ColourFrame(y: y, u: Data(), v: Data(), layout: layout)
    }
}
