package vn.citizen.core

import org.junit.jupiter.api.Assertions.assertInstanceOf
import vn.citizen.core.vision.CardScanner
import vn.citizen.core.vision.Corners
import vn.citizen.core.vision.PixelFormat
import vn.citizen.core.vision.Scan

/** After every date on the drawn cards. */
internal const val TODAY = "2026-11-22"

/** The first frame of a stream. */
internal fun scan(frame: CameraFrame): Scan = CardScanner(TODAY).use { it.scan(frame.bytes, frame.layout) }

/** A picture by itself. */
internal fun scanStill(frame: CameraFrame): Scan = CardScanner(TODAY).use { it.scanStill(frame.bytes, frame.layout) }

internal fun scanBuffer(frame: CameraFrame, format: PixelFormat): Scan =
    CardScanner(TODAY).use { it.scanBuffer(frame.bytes, format, frame.layout) }

internal fun scanStillBuffer(frame: CameraFrame, format: PixelFormat): Scan =
    CardScanner(TODAY).use { it.scanStillBuffer(frame.bytes, format, frame.layout) }

internal fun scanCard(frame: CameraFrame): Scan.Card = assertInstanceOf(Scan.Card::class.java, scan(frame))

internal fun Corners.points() = listOf(topLeft, topRight, bottomRight, bottomLeft)
