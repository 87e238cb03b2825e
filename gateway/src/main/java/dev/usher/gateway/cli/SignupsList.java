package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher signups list}: the newest signups that the options let pass. */
@Command(name = "list", description = "List signups, newest first.")
final class SignupsList implements Callable<Integer> {

  private static final int MOST_A_PAGE = 1_000;

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = Words.SignupStates.class,
      description = "Only those that are open, completed or failed.")
  private Optional<String> state = Optional.empty();

  @Option(names = "--action", paramLabel = "NAME", description = "Only those owed this action.")
  private Optional<String> action = Optional.empty();

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "Only those of this e-mail address, however it is written.")
  private Optional<String> email = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description =
          "Only those accepted at or after this: 2026-01-31T12:00:00Z, or 2h for two hours ago.")
  private Optional<Moment> since = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "At most this many (default: 100).")
  private int limit = 100;

  private int shown;

  SignupsList(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (limit < 1) {
      throw new CommandFailed(Exit.USAGE, "--limit must be at least 1");
    }
    if (email.filter(String::isBlank).isPresent()) {
      throw new CommandFailed(Exit.USAGE, "--email is empty; write an address, or leave it out");
    }
    Gateway gateway = options.open(surroundings);
    Console console = surroundings.console();
    Table table = new Table("SIGNUP", "STATE", "ACCEPTED", "DELIVERIES");
    Optional<String> next = Optional.of("");
    while (next.isPresent() && shown < limit) {
      JsonNode page = gateway.fetch(path(next.get()));
      for (JsonNode signup : page.path("signups")) {
        add(signup, console, table);
      }
      next = Optional.ofNullable(page.path("next").textValue());
    }
    if (!table.isEmpty()) {
      table.print(console);
    }
    if (shown == 0) {
      console.say("no signups match");
    } else if (next.isPresent()) {
      console.say("these are the newest " + shown + "; --limit shows more");
    }
    return Exit.OK.code();
  }

  private String path(String after) {
    return new AdminPath("/admin/signups")
        .with("limit", Integer.toString(Math.min(limit - shown, MOST_A_PAGE)))
        .with("after", after)
        .with("state", state.orElse(""))
        .with("action", action.orElse(""))
        .with("email", email.orElse(""))
        .with("since", since.map(Moment::toString).orElse(""))
        .toString();
  }

  private void add(JsonNode signup, Console console, Table table) {
    shown++;
    if (output.isJson(console)) {
      console.print(Json.line(signup));
    } else {
      table.row(
          Cell.of(signup.path("id").asText()),
          Cell.state(signup.path("state").asText()),
          Cell.of(signup.path("acceptedAt").asText()),
          Cell.of(deliveries(signup.path("actions"))));
    }
  }

  private static String deliveries(JsonNode actions) {
    StringJoiner text = new StringJoiner(", ");
    actions
        .fields()
        .forEachRemaining(action -> text.add(action.getKey() + " " + stand(action.getValue())));
    return text.toString();
  }

  private static String stand(JsonNode action) {
    String waitingFor = action.path("waitingFor").asText();
    return action.path("state").asText() + (waitingFor.isEmpty() ? "" : " (" + waitingFor + ")");
  }
}
