import dev.usher.handler.BlockingSignupHandler;
import dev.usher.handler.Handlers;
import dev.usher.handler.Rejected;
import dev.usher.handler.RetryLater;
import dev.usher.handler.Signup;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Does what the conformance kit asks for, on the Java kit. */
public final class ConformingHandler implements BlockingSignupHandler {

  private final Map<String, Integer> begun = new ConcurrentHashMap<>();

  @Override
  public Object handle(Signup signup) throws Exception {
    JsonObject asked = signup.json().getJsonObject("conformance");
    switch (asked.getString("do")) {
      case "return":
        return asked.getJsonObject("value");
      case "measure":
        return new JsonObject().put("length", signup.text("padding").length());
      case "reject":
        throw new Rejected("asked to reject");
      case "fail":
        if (signup.attempt() == 1) {
          throw new IllegalStateException("asked to fail");
        }
        return null;
      case "retry-later":
        if (signup.attempt() == 1) {
          throw new RetryLater(Duration.ofSeconds(asked.getInteger("seconds")));
        }
        return null;
      case "wait":
        int count = begun.merge(signup.delivery(), 1, Integer::sum);
        Thread.sleep(asked.getInteger("ms"));
        return new JsonObject().put("begun", count);
      default:
        return null;
    }
  }

  public static void main(String[] args) {
    Handlers.runBlocking("conforming", "conformance.java", ConformingHandler::new, args);
  }
}
