package dev.usher.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The forms in which a handler may be given; that this class compiles is most of the proof. */
class HandlerFormsTest {

  private static final List<Consumer<String[]>> MAINS =
      List.of(
          args -> Handlers.run("welcome-email", "signup.email", WelcomeEmail::new, args),
          args -> Handlers.run("crm", "signup.crm", FromSettings::new, args),
          args -> Handlers.run("crm", "signup.crm", () -> signup -> done(), args),
          args -> Handlers.run("crm", "signup.crm", context -> signup -> done(), args),
          args -> Handlers.runBlocking("crm", "signup.crm", () -> signup -> null, args),
          args -> Handlers.runBlocking("crm", "signup.crm", context -> signup -> "sent", args),
          args -> Handlers.named("crm").slots(3).run("signup.crm", WelcomeEmail::new, args));

  private static Future<?> done() {
    return Future.succeededFuture();
  }

  private static final class WelcomeEmail implements SignupHandler {
    @Override
    public Future<?> handle(Signup signup) {
      return done();
    }
  }

  private static final class FromSettings implements SignupHandler {
    private final HandlerContext context;

    FromSettings(HandlerContext context) {
      this.context = context;
    }

    @Override
    public Future<?> handle(Signup signup) {
      return context.vertx().timer(1);
    }
  }

  @Test
  void everyFormIsUnambiguous() {
    assertThat(MAINS).hasSize(7);
  }
}
