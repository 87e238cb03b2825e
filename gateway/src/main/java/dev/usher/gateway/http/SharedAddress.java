package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.wire.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who serves an address besides a hot-deployed handler. That is allowed, and seldom meant: each
 * delivery goes to one of them.
 */
final class SharedAddress {

  private static final String UP = "up";

  private SharedAddress() {}

  /**
   * What a person should know of it, in one sentence for each address.
   *
   * @param name the handler's
   * @param addresses what it serves, or is to serve
   * @param handlers the instances that are there
   */
  static List<String> warnings(
      String name, Collection<String> addresses, List<HandlerStatus> handlers) {
    List<String> warnings = new ArrayList<>();
    for (String address : new TreeSet<>(addresses)) {
      String others =
          handlers.stream()
              .filter(HandlerStatus::isKit)
              .filter(one -> one.address().equals(address) && one.state().equals(UP))
              .filter(one -> !isOf(name, one))
              .map(SharedAddress::words)
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      if (!others.isEmpty()) {
        warnings.add(
            address
                + " is served by "
                + others
                + " already: they and "
                + name
                + " share its deliveries, each goes to one of them");
      }
    }
    return warnings;
  }

  private static boolean isOf(String name, HandlerStatus instance) {
    return Origin.of(instance.deployment()) == Origin.DEPLOYED && deployed(instance).equals(name);
  }

  private static String words(HandlerStatus instance) {
    return switch (Origin.of(instance.deployment())) {
      case DEPLOYED -> deployed(instance) + " (deployed)";
      case FOLDER -> instance.handler() + " (from a runner's folder)";
      case HAND -> instance.handler() + " (started by hand)";
    };
  }

  private static String deployed(HandlerStatus instance) {
    return instance.deployment().substring(0, instance.deployment().lastIndexOf('#'));
  }
}
