package vn.citizen.core

import java.nio.ByteBuffer
import vn.citizen.core.vision.FrameLayout
import vn.citizen.core.vision.Rotation

/** A frame as a front camera hands it over: three planes. */
internal class ColourFrame(val y: ByteBuffer, val u: ByteBuffer, val v: ByteBuffer, val layout: FrameLayout) {
    companion object {
        /** Frames of a phone held before a face, by what is wrong with them. */
        fun held(name: String): List<ColourFrame> = Picture.held(name).map { it.asPlanes() }

        private val NOTHING: ByteBuffer = ByteBuffer.allocateDirect(0)
    }

    /** Its luma alone. */
    fun withoutColour() = ColourFrame(y, NOTHING, NOTHING, layout)
}

/** Luma above, below it U at the left and V at the right: planes that share their memory. */
private fun Picture.asPlanes(): ColourFrame {
    val all = direct(luma)
    val rows = height * 2 / 3
    fun from(start: Int) = all.duplicate().position(start).slice()
    val layout = FrameLayout(
        width = width.toUInt(),
        height = rows.toUInt(),
        rowStride = width.toUInt(),
        chromaRowStride = width.toUInt(),
        chromaPixelStride = 1u,
        rotation = Rotation.UPRIGHT,
    )
    return ColourFrame(all, from(rows * width), from(rows * width + width / 2), layout)
}
