package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code usher dead-letters redrive | discard | mark-done}: the same options, another deed. */
abstract class DeadLettersRepair implements Callable<Integer> {

  private final Surroundings surroundings;
  private final String verb;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "DELIVERY", description = "Delivery ids; without any, the options say.")
  private List<String> ids = List.of();

  @Mixin private final DeadLetterFilterOptions filter = new DeadLetterFilterOptions();

  @Mixin private final LongOrderOptions how = new LongOrderOptions();

  DeadLettersRepair(Surroundings surroundings, String verb) {
    this.surroundings = surroundings;
    this.verb = verb;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.open(surroundings);
    LongOrder.Report report =
        new LongOrder("/admin/dead-letters/" + verb, order(), verb, how.rate())
            .carryOut(gateway, surroundings.console());
    tell(report);
    explain(report);
    return exit(report).code();
  }

  private ObjectNode order() throws CommandFailed {
    ObjectNode order = Json.object();
    if (!ids.isEmpty()) {
      ArrayNode named = order.putArray("ids");
      ids.forEach(named::add);
    }
    filter.given().forEach(order::put);
    return how.addTo(order);
  }

  private void tell(LongOrder.Report report) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(report.line());
    } else {
      console.print(
          how.isDryRun()
              ? report.matched() + " dead letters match"
              : report.done() + " of " + report.matched() + " dead letters: " + verb);
    }
  }

  private void explain(LongOrder.Report report) {
    report
        .blocked()
        .forEach(
            (what, count) ->
                surroundings
                    .console()
                    .say(
                        Printable.of(
                            count
                                + " of "
                                + what.action()
                                + (how.isDryRun() ? " would stay dead" : " stay dead")
                                + ": they come after "
                                + what.by()
                                + ", which is dead, too; redrive that one, which revives them")));
  }

  private Exit exit(LongOrder.Report report) {
    if (!ids.isEmpty() && report.matched() == 0) {
      return Exit.NOT_FOUND;
    }
    boolean isPartial = !how.isDryRun() && report.done() < report.matched();
    return isPartial || report.matched() < ids.size() ? Exit.PARTIAL : Exit.OK;
  }

  /** Sends them round again. */
  @Command(name = "redrive", description = "Send dead letters round again; attempts start afresh.")
  static final class Redrive extends DeadLettersRepair {
    Redrive(Surroundings surroundings) {
      super(surroundings, "redrive");
    }
  }

  /** Gives them up. */
  @Command(name = "discard", description = "Give dead letters up: they are cancelled.")
  static final class Discard extends DeadLettersRepair {
    Discard(Surroundings surroundings) {
      super(surroundings, "discard");
    }
  }

  /** Says that they are done. */
  @Command(name = "mark-done", description = "Say that dead letters are done: they succeeded.")
  static final class MarkDone extends DeadLettersRepair {
    MarkDone(Surroundings surroundings) {
      super(surroundings, "mark-done");
    }
  }
}
