package dev.usher.email;

import io.vertx.core.Future;
import io.vertx.ext.mail.MailMessage;
import java.time.Duration;

/** Takes letters on their way. */
interface Transport {

  /**
   * Sends a letter; succeeds once someone else is responsible for it. Fails with {@link
   * dev.usher.handler.Rejected} when this letter will never be taken, and otherwise with {@link
   * NotSent}: then it may be sent again, though it may have left already.
   *
   * @param delivery id of the delivery; the same one again is the same letter
   * @param within how long there is time
   */
  Future<Void> send(String delivery, MailMessage letter, Duration within);

  /** Lets go of connections. */
  Future<Void> close();
}
