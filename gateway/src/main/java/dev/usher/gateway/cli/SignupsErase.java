package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher signups erase}: everything of a person leaves one signup, or all of theirs. */
@Command(
    name = "erase",
    description = {
      "Erase one signup, or all signups of a person, for ever.",
      "What is still owed to it is cancelled; id, times and states stay. Asks first on a terminal."
    })
final class SignupsErase implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "Id of the signup: signup_…")
  private Optional<String> id = Optional.empty();

  @Option(names = "--email", paramLabel = "ADDRESS", description = "All signups with this address.")
  private Optional<String> email = Optional.empty();

  @Option(names = "--dry-run", description = "Only say how many it would be.")
  private boolean isDryRun;

  @Option(names = "--yes", description = "Don't ask; needed where there is no terminal to ask at.")
  private boolean isSure;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  SignupsErase(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (id.isPresent() == email.isPresent()) {
      throw new CommandFailed(Exit.USAGE, "say whom to erase: either ID or --email ADDRESS");
    }
    boolean isSettled = isSure || isDryRun;
    if (!isSettled && !surroundings.console().isTerminal()) {
      throw new CommandFailed(
          Exit.USAGE, "this can't be undone: give --yes, or --dry-run to see how many it would be");
    }
    Gateway gateway = options.open(surroundings);
    JsonNode report = isSettled ? erase(gateway, isDryRun) : ask(gateway);
    tell(report);
    return exit(report).code();
  }

  /** Says how many it would be before it asks. */
  private JsonNode ask(Gateway gateway) throws CommandFailed {
    JsonNode found = erase(gateway, true);
    String matched = found.path("matched").asText();
    if (matched.equals("0")) {
      return found;
    }
    surroundings.console().say("Erase " + matched + " signups for ever? [y/N]");
    if (!answer().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw new CommandFailed(Exit.REFUSED, "nothing was erased");
    }
    return erase(gateway, false);
  }

  private String answer() {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(surroundings.console().in(), StandardCharsets.UTF_8));
    try {
      return Optional.ofNullable(in.readLine()).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode erase(Gateway gateway, boolean dryRun) throws CommandFailed {
    Answer answer = gateway.delete(path(dryRun));
    if (answer.status() == 404 && id.isPresent()) {
      throw new CommandFailed(
          Exit.NOT_FOUND,
          "no signup " + Printable.of(id.get()) + " at " + gateway.endpoint().base());
    }
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, gateway.endpoint());
    }
    return answer.body();
  }

  private String path(boolean dryRun) {
    AdminPath path = id.map(AdminPath::signup).orElseGet(() -> new AdminPath("/admin/signups"));
    return path.with("email", email.orElse("")).with("dryRun", dryRun ? "true" : "").toString();
  }

  private void tell(JsonNode report) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(report));
    } else if (isDryRun) {
      console.print(report.path("matched").asText() + " signups match");
    } else {
      console.print(
          report.path("done").asText()
              + " of "
              + report.path("matched").asText()
              + " signups erased");
    }
  }

  private Exit exit(JsonNode report) {
    return report.path("matched").asLong() == 0 ? Exit.NOT_FOUND : Exit.OK;
  }
}
