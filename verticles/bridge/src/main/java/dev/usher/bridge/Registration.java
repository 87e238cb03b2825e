package dev.usher.bridge;

import dev.usher.handler.RemoteInstance;
import dev.usher.handler.Signup;
import dev.usher.handler.SignupHandler;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * What a client said it serves.
 *
 * @param address of an action
 * @param handler its name, for people
 * @param version for people
 * @param deployment {@link dev.usher.wire.HandlerVersion#id} of a hot-deployed one; empty otherwise
 * @param language what it is written in
 * @param slots deliveries that it takes at once
 */
record Registration(
    String address, String handler, String version, String deployment, String language, int slots) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");
  private static final Pattern DEPLOYMENT = Pattern.compile("([A-Za-z0-9._-]{1,64}#[0-9]{1,9})?");
  private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .+_-]{0,31}");

  /**
   * Reads a client's wish. One that asks for more slots than there are gets what there is.
   *
   * @throws IllegalArgumentException naming the header that makes no sense
   */
  static Registration of(ClientFrame frame) {
    return new Registration(
        frame.address(),
        checked(frame, "usher-handler", NAME, "client"),
        checked(frame, "usher-version", WORDS, "dev"),
        checked(frame, "usher-deployment", DEPLOYMENT, ""),
        checked(frame, "usher-language", WORDS, "unknown"),
        slots(frame));
  }

  RemoteInstance.Description on(String node) {
    return new RemoteInstance.Description(
        node, address, handler, version, deployment, language, slots);
  }

  /** What the client is told once deliveries may come. */
  JsonObject toldTo(RemoteInstance instance) {
    return new JsonObject()
        .put("address", address)
        .put("instance", instance.id())
        .put("slots", slots);
  }

  /** A handler that gives each attempt to {@code client}. */
  SignupHandler passingOnTo(Receiver client) {
    return signup -> {
      // Parsed only to be sure, and rejected otherwise: a broken payload would break its frame.
      var unused = signup.json();
      Promise<Object> outcome = Promise.promise();
      client.deliver(address, signup, outcome);
      return outcome.future();
    };
  }

  /** Takes attempts on any thread. */
  @FunctionalInterface
  interface Receiver {

    /** Gives the client an attempt, and {@code outcome} what it says of it. */
    void deliver(String address, Signup signup, Promise<Object> outcome);
  }

  private static String checked(ClientFrame frame, String header, Pattern form, String otherwise) {
    String text = frame.header(header, otherwise);
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(header + " must be " + form.pattern());
    }
    return text;
  }

  private static int slots(ClientFrame frame) {
    String text = frame.header("usher-slots", Integer.toString(Limits.DEFAULT_SLOTS));
    try {
      int slots = Integer.parseInt(text.strip());
      if (slots >= 1) {
        return Math.min(slots, Limits.SLOTS);
      }
    } catch (NumberFormatException e) {
      // as if it were too small
    }
    throw new IllegalArgumentException("usher-slots must be a number from 1 on");
  }
}
