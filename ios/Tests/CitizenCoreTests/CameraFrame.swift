import CitizenCore
import Foundation

/// A picture in memory as a camera hands it over.
struct CameraFrame {
    let bytes: Data
    let layout: FrameLayout
}

/// Fills what no frame owns: a reader that strays sees it.
private let elsewhere: UInt8 = 0x55

private let noColour: UInt8 = 128
private let opaque: UInt8 = 255

extension Picture {
    /// Luma alone, rows without padding.
    func asLuma(rotation: Rotation = .upright) -> CameraFrame {
        CameraFrame(bytes: Data(luma), layout: layout(rowStride: width, rotation: rotation))
    }

    /// Luma whose rows are `padding` bytes apart, behind `start` bytes of something else; the last row is not padded.
    func asPaddedLuma(start: Int, padding: Int) -> CameraFrame {
        let rowStride = width + padding
        var memory = Data(repeating: elsewhere, count: start + (height - 1) * rowStride + width)
        for y in 0..<height {
            let row = start + y * rowStride
            memory.replaceSubrange(row..<row + width, with: luma[y * width..<(y + 1) * width])
        }
        return CameraFrame(bytes: memory[start...], layout: layout(rowStride: rowStride))
    }

    /// All in one buffer, without colour.
    func asOneBuffer(_ format: PixelFormat) -> CameraFrame {
        let chromaWidth = (width + 1) / 2
        let chroma = Data(repeating: noColour, count: 2 * chromaWidth * ((height + 1) / 2))
        switch format {
        case .nv21, .nv12:
            let layout = layout(rowStride: width, chromaRowStride: 2 * chromaWidth, chromaPixelStride: 2)
            return CameraFrame(bytes: Data(luma) + chroma, layout: layout)
        case .i420:
            let layout = layout(rowStride: width, chromaRowStride: chromaWidth, chromaPixelStride: 1)
            return CameraFrame(bytes: Data(luma) + chroma, layout: layout)
        case .bgra, .rgba:
            return CameraFrame(
                bytes: Data(luma.flatMap { [$0, $0, $0, opaque] }),
                layout: layout(rowStride: 4 * width)
            )
        }
    }

    private func layout(
        rowStride: Int, chromaRowStride: Int = 0, chromaPixelStride: Int = 0, rotation: Rotation = .upright
    ) -> FrameLayout {
        FrameLayout(
            width: UInt32(width),
            height: UInt32(height),
            rowStride: UInt32(rowStride),
            chromaRowStride: UInt32(chromaRowStride),
            chromaPixelStride: UInt32(chromaPixelStride),
            rotation: rotation
        )
    }
}
