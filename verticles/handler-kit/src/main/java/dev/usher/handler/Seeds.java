package dev.usher.handler;

import java.util.ArrayList;
import java.util.List;

/** Where a cluster is looked for, in as few words as it takes. */
final class Seeds {

  private Seeds() {}

  /** {@code a:5701-5708, b:5701}: ports of a host that follow each other are a range. */
  static String text(List<String> seeds) {
    List<String> ranges = new ArrayList<>();
    int next;
    for (int first = 0; first < seeds.size(); first = next) {
      next = first + 1;
      while (next < seeds.size() && follows(seeds.get(next - 1), seeds.get(next))) {
        next++;
      }
      String last = seeds.get(next - 1);
      ranges.add(seeds.get(first) + (next == first + 1 ? "" : "-" + port(last)));
    }
    return String.join(", ", ranges);
  }

  private static boolean follows(String before, String seed) {
    return host(before).equals(host(seed)) && port(before) >= 0 && port(seed) == port(before) + 1;
  }

  private static String host(String seed) {
    return seed.substring(0, Math.max(0, seed.lastIndexOf(':')));
  }

  /** Negative where there is none. */
  private static int port(String seed) {
    String port = seed.substring(seed.lastIndexOf(':') + 1);
    return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : -1;
  }
}
