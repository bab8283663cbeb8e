package vn.citizen.core

import java.nio.ByteBuffer
import vn.citizen.core.vision.FrameLayout
import vn.citizen.core.vision.PixelFormat
import vn.citizen.core.vision.Rotation

/** A picture in memory as a camera hands it over. */
internal class CameraFrame(val bytes: ByteBuffer, val layout: FrameLayout)

/** Fills what no frame owns: a reader that strays sees it. */
private const val ELSEWHERE = 0x55.toByte()

private const val NO_COLOUR = 128.toByte()
private const val OPAQUE = 255.toByte()

/** Luma alone, rows without padding. */
internal fun Picture.asLuma(rotation: Rotation = Rotation.UPRIGHT) =
    CameraFrame(direct(luma), layout(rowStride = width, rotation = rotation))

/** Luma whose rows are `padding` bytes apart, behind `start` bytes of something else; the last row is not padded. */
internal fun Picture.asPaddedLumaAt(start: Int, padding: Int): CameraFrame {
    val rowStride = width + padding
    val memory = ByteArray(start + (height - 1) * rowStride + width) { ELSEWHERE }
    for (y in 0 until height) luma.copyInto(memory, start + y * rowStride, y * width, (y + 1) * width)
    return CameraFrame(direct(memory).position(start).slice(), layout(rowStride))
}

/** All in one buffer, without colour. */
internal fun Picture.asOneBuffer(format: PixelFormat): CameraFrame {
    val chromaWidth = (width + 1) / 2
    val chroma = ByteArray(2 * chromaWidth * ((height + 1) / 2)) { NO_COLOUR }
    return when (format) {
        PixelFormat.NV21, PixelFormat.NV12 ->
            CameraFrame(direct(luma + chroma), layout(width, chromaRowStride = 2 * chromaWidth, chromaPixelStride = 2))
        PixelFormat.I420 ->
            CameraFrame(direct(luma + chroma), layout(width, chromaRowStride = chromaWidth, chromaPixelStride = 1))
        PixelFormat.BGRA, PixelFormat.RGBA ->
            CameraFrame(direct(packed()), layout(rowStride = 4 * width))
    }
}

internal fun direct(bytes: ByteArray): ByteBuffer = ByteBuffer.allocateDirect(bytes.size).put(bytes).flip()

private fun Picture.packed() = ByteArray(4 * luma.size) { at -> if (at % 4 == 3) OPAQUE else luma[at / 4] }

private fun Picture.layout(
    rowStride: Int,
    chromaRowStride: Int = 0,
    chromaPixelStride: Int = 0,
    rotation: Rotation = Rotation.UPRIGHT,
) = FrameLayout(
    width = width.toUInt(),
    height = height.toUInt(),
    rowStride = rowStride.toUInt(),
    chromaRowStride = chromaRowStride.toUInt(),
    chromaPixelStride = chromaPixelStride.toUInt(),
    rotation = rotation,
)
