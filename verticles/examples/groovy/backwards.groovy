import dev.usher.handler.Handlers
import dev.usher.handler.Signup
import dev.usher.handler.SignupHandler
import io.vertx.core.Future
import java.util.function.Supplier

/** A handler that is one script: a runner compiles it. */
class Backwards implements SignupHandler {
  Future<?> handle(Signup signup) {
    Future.succeededFuture(signup.text('username').reverse())
  }
}

Handlers.run('backwards', 'signup.backwards', { new Backwards() } as Supplier)
