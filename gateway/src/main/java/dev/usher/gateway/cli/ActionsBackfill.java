package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher actions backfill}: an action for signups that came before it. */
@Command(
    name = "backfill",
    description = {
      "Plan an action, as an optional one, for past signups that lack it and whose payload has its"
          + " key. No signup is opened again; doing it again plans nothing twice."
    })
final class ActionsBackfill implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "ACTION", description = "The action's name.")
  private String action = "";

  @Option(
      names = "--since",
      required = true,
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description =
          "For signups accepted at or after this: 2026-01-31T12:00:00Z, or 30d for thirty days"
              + " ago.")
  private Moment since = new Moment(Instant.EPOCH);

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only those accepted before this.")
  private Optional<Moment> until = Optional.empty();

  @Option(names = "--all", description = "Also those whose payload lacks the action's key.")
  private boolean isForAll;

  @Mixin private final LongOrderOptions how = new LongOrderOptions();

  ActionsBackfill(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    LongOrder.Report report =
        new LongOrder(
                "/admin/actions/" + ActionName.of(action) + "/backfill",
                order(),
                "backfill " + action,
                how.rate())
            .carryOut(gateway, surroundings.console());
    tell(report);
    return Exit.OK.code();
  }

  private ObjectNode order() {
    ObjectNode order = Json.object().put("since", since.toString());
    until.ifPresent(time -> order.put("until", time.toString()));
    return how.addTo(order.put("all", isForAll));
  }

  private void tell(LongOrder.Report report) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(report.line());
    } else {
      console.print(
          how.isDryRun()
              ? report.matched() + " signups lack " + action
              : action + " planned for " + report.done() + " of " + report.matched() + " signups");
    }
  }
}
