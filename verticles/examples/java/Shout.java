import dev.usher.handler.Handlers;
import dev.usher.handler.Signup;
import dev.usher.handler.SignupHandler;
import io.vertx.core.Future;
import java.util.Locale;

/** A handler that is one file: a runner compiles it. */
public final class Shout implements SignupHandler {

  @Override
  public Future<?> handle(Signup signup) {
    return Future.succeededFuture(signup.text("username").toUpperCase(Locale.ROOT));
  }

  public static void main(String[] args) {
    Handlers.run("shout", "signup.shout", Shout::new, args);
  }
}
