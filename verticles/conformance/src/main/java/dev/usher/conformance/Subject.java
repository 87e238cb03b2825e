package dev.usher.conformance;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A handler that is examined.
 *
 * @param name names its actions too
 * @param address where it listens on the event bus, or a webhook's URL
 * @param command starts it; empty where it is somebody else's to start
 */
record Subject(String name, String address, List<String> command) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");

  /** Checks the name. */
  Subject {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" can't be an action's name");
    }
    command = List.copyOf(command);
  }

  boolean isWebhook() {
    return address.startsWith("http://") || address.startsWith("https://");
  }

  /** Where a webhook's server listens. */
  URI url() {
    return URI.create(address);
  }

  boolean hasCommand() {
    return !command.isEmpty();
  }

  /** The action under which it is given time. */
  String action() {
    return name;
  }

  /** The action under which the gateway soon waits no longer. */
  String impatientAction() {
    return name + "-impatient";
  }
}
