package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How an order that may take long is carried out. */
final class LongOrderOptions {

  @Option(names = "--dry-run", description = "Only say how many it would be.")
  private boolean isDryRun;

  @Option(names = "--rate", paramLabel = "N", description = "At most N a second.")
  private Optional<Integer> rate = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit.")
  private Optional<String> reason = Optional.empty();

  boolean isDryRun() {
    return isDryRun;
  }

  /** At most this many a second. */
  OptionalInt rate() throws CommandFailed {
    if (rate.filter(perSecond -> perSecond < 1).isPresent()) {
      throw new CommandFailed(Exit.USAGE, "--rate takes a number above 0");
    }
    return rate.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** Says the rest of it in the order itself. */
  ObjectNode addTo(ObjectNode order) {
    reason.ifPresent(why -> order.put("reason", why));
    return order.put("dryRun", isDryRun);
  }
}
