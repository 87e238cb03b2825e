package dev.usher.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What a case works with: one handler, and the gateway that delivers to it. */
final class Trial {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

  private final Subject subject;
  private final Site site;
  private final Gateway gateway;
  private Optional<Child> process = Optional.empty();
  private int starts;

  /** A signup that was sent, by its id and the action that is looked at. */
  record Sent(String signup, String action) {}

  Trial(Subject subject, Site site, Gateway gateway) {
    this.subject = subject;
    this.site = site;
    this.gateway = gateway;
  }

  Subject subject() {
    return subject;
  }

  /** Runs the handler's command, if there is one. */
  void startHandler() {
    if (subject.hasCommand()) {
      starts++;
      process =
          Optional.of(
              Child.start(
                  subject.command(), site.surroundings(), site.log(subject.name() + "-" + starts)));
    }
  }

  /** Returns once the handler takes deliveries. */
  void awaitHandler() {
    Wait.until(
        "a handler at " + subject.address(),
        () -> {
          if (process.isPresent() && !process.get().isAlive()) {
            throw new NotConforming("its command ended");
          }
          return isThere() ? Optional.of(true) : Optional.empty();
        });
  }

  /** The handler's process, where this kit has started it. */
  Child process() {
    return process.orElseThrow(
        () -> new NotExamined("no COMMAND was given, so this kit can't end the handler"));
  }

  /** What the handler printed last. */
  String lastLines() {
    return process.map(Child::lastLines).orElse("");
  }

  /** Ends the handler's process. */
  void end() {
    process.ifPresent(Child::kill);
  }

  /** Sends a signup that asks the handler for something. */
  Sent send(ObjectNode asked) {
    return send(subject.action(), Json.object(), asked);
  }

  /** The same, by an action whose attempts time out after half a second. */
  Sent sendImpatiently(ObjectNode asked) {
    return send(subject.impatientAction(), Json.object(), asked);
  }

  /** The same with a padding that makes the payload as long as it may be. */
  Sent sendLong(ObjectNode asked, String padding) {
    return send(subject.action(), Json.object().put("padding", padding), asked);
  }

  private Sent send(String action, ObjectNode more, ObjectNode asked) {
    return new Sent(gateway.accept(payload(action, more, asked)), action);
  }

  /** A payload as this kit sends it. */
  ObjectNode payload(String action, ObjectNode more, ObjectNode asked) {
    ObjectNode payload =
        Json.object().put("username", "conformance").put("email", "conformance@example.com");
    payload.put(action, true).set("conformance", asked);
    return payload.setAll(more);
  }

  /** The delivery, once it has succeeded or is dead. */
  Delivery ended(Sent sent) {
    return Wait.until(
        "an end of this delivery", () -> Optional.of(now(sent)).filter(Delivery::isOver));
  }

  /** Returns once the delivery was handed to the handler, whatever came of that. */
  void awaitRunning(Sent sent) {
    Wait.until(
        "an attempt of this delivery", () -> Optional.of(now(sent)).filter(Delivery::isBegun));
  }

  private Delivery now(Sent sent) {
    return gateway.delivery(sent.signup(), sent.action());
  }

  private boolean isThere() {
    return subject.isWebhook() ? isListening(subject.url()) : gateway.knows(subject.address());
  }

  private static boolean isListening(URI url) {
    int usual = url.getScheme().equals("https") ? 443 : 80;
    int port = url.getPort() < 0 ? usual : url.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), (int) CONNECT_LIMIT.toMillis());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
