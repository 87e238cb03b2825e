import dev.usher.handler.Handlers
import dev.usher.handler.Signup
import dev.usher.handler.SignupHandler
import io.vertx.core.Future
import java.util.function.Supplier

/** Counts the letters of a name. Its jar holds Kotlin's library and nothing of Usher: a runner has that. */
class Letters : SignupHandler {
    override fun handle(signup: Signup): Future<*> =
        Future.succeededFuture(signup.text("username").count { it.isLetter() })
}

fun main(args: Array<String>) {
    Handlers.run("letters", "signup.letters", Supplier { Letters() }, *args)
}
