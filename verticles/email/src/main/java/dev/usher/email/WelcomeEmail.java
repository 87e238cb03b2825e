package dev.usher.email;

import dev.usher.handler.Erased;
import dev.usher.handler.HandlerContext;
import dev.usher.handler.Handlers;
import dev.usher.handler.Rejected;
import dev.usher.handler.Signup;
import dev.usher.handler.SignupHandler;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Sends each signup a letter: {@code Hello <username>, thanks for joining …}. */
public final class WelcomeEmail implements SignupHandler {

  /** Left for our answer to reach the gateway before it stops waiting. */
  private static final Duration MARGIN = Duration.ofMillis(200);

  /** Longer than any real name; more is a text that wants to be sent to strangers. */
  private static final int MAX_NAME = 200;

  private final WelcomeLetter letter;
  private final Transport transport;
  private final Outbox outbox;

  /**
   * Sends by a transport.
   *
   * @param outbox where letters may be kept, of times when that was the transport
   */
  WelcomeEmail(WelcomeLetter letter, Transport transport, Outbox outbox) {
    this.letter = letter;
    this.transport = transport;
    this.outbox = outbox;
  }

  @Override
  public Future<?> handle(Signup signup) {
    Mailbox person = person(signup);
    Duration within = signup.timeLeft().minus(MARGIN);
    return transport.send(signup.delivery(), letter.to(person, signup.delivery()), within);
  }

  @Override
  public Future<?> erase(Erased erased) {
    return outbox.erase(erased.delivery());
  }

  @Override
  public Future<?> stop() {
    return transport.close();
  }

  private static Mailbox person(Signup signup) {
    String username = signup.text("username").strip();
    if (username.isEmpty()
        || username.codePointCount(0, username.length()) > MAX_NAME
        || HeaderText.hasControls(username)) {
      throw new Rejected(
          "\"username\" is not a name: write 1 to " + MAX_NAME + " characters, no line breaks");
    }
    try {
      return Mailbox.of(username, signup.text("email"));
    } catch (IllegalArgumentException e) {
      throw new Rejected("\"email\" is " + e.getMessage());
    }
  }

  private static WelcomeEmail from(HandlerContext context) {
    EmailSettings settings = EmailSettings.from(context.settings());
    Templates templates = new Templates(settings.templates());
    WelcomeLetter letter = new WelcomeLetter(settings.from(), settings.product(), templates);
    Path folder = context.data().resolve(settings.outbox());
    try {
      return switch (settings.transport()) {
        case OUTBOX -> {
          Outbox outbox = Outbox.open(context.vertx(), folder);
          yield new WelcomeEmail(letter, outbox, outbox);
        }
        case SMTP ->
            new WelcomeEmail(
                letter,
                new Smtp(context.vertx(), settings.smtp()),
                Outbox.left(context.vertx(), folder));
      };
    } catch (IOException e) {
      throw new UncheckedIOException("outbox.dir: can't be used: " + e.getMessage(), e);
    }
  }

  /** Runs it as a process of the cluster. */
  public static void main(String[] args) {
    Handlers.named("email")
        .announcedAs("welcome-email")
        .erasedAt("signup.email.erased")
        .run("signup.email", WelcomeEmail::from, args);
  }
}
