package vn.citizen.core.app

import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.concurrent.thread
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively
import kotlin.io.path.readText
import org.json.JSONObject
import vn.citizen.core.Repository

/** It makes keys and a population first. */
private const val START_S = 120L

/** From an event to the message that it leads to; also for the end. */
private const val WAIT_S = 20L

/** The sandbox, a program of its own. It ends with its input, so also with this process. */
internal class Sandbox : AutoCloseable {
    private val folder: Path = createTempDirectory("sandbox")
    private val log = folder.resolve("log")
    private val process = ProcessBuilder(
        "${Repository.citizen}", "sandbox", "--port", "0", "--data", "$folder/data",
        "--messages", "--approve", "--until-stdin-closes",
    ).redirectError(log.toFile()).start()
    private val lines = LinkedBlockingQueue<JSONObject>()

    /** What a build for it knows. */
    val service: ServiceConfig

    init {
        thread(isDaemon = true, name = "sandbox") { process.inputReader().forEachLine { lines += JSONObject(it) } }
        val ready = checkNotNull(lines.poll(START_S, SECONDS)) { "no sandbox: ${log.readText()}" }
        service = service(Path.of(ready.getString("ready")))
    }

    /** The next message with a code that goes to a number. */
    fun message(to: String): String {
        while (true) {
            val message = checkNotNull(lines.poll(WAIT_S, SECONDS)) { "no code is sent" }
            val body = message.getString("body")
            if (message.getString("to") == to && CODE.matchesAt(body, 0)) return body
        }
    }

    /** Ends it, and says how it ended; 0 is well. */
    fun stop(): Int {
        process.outputStream.close()
        check(process.waitFor(WAIT_S, SECONDS)) { "the sandbox goes on without its input" }
        return process.exitValue()
    }

    @OptIn(ExperimentalPathApi::class)
    override fun close() {
        process.destroyForcibly().waitFor()
        folder.deleteRecursively()
    }

    private companion object {
        val CODE = Regex("""\d{6} """)
    }
}
