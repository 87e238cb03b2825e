package dev.usher.gateway.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher signups send}: one signup, as a web form would send it. */
@Command(
    name = "send",
    description = "Send a signup and print its receipt.",
    footer = {
      "",
      "With --wait the command ends with 0 when the required deliveries succeeded,",
      "1 when one is dead or cancelled, 6 when time ran out (the signup stays safe)."
    })
final class SignupsSend implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "EMAIL", description = "Address of the new user.")
  private String email = "";

  @Option(names = "--username", paramLabel = "NAME", description = "Name of the new user.")
  private Optional<String> username = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Object with more keys; - reads stdin. EMAIL, --username and --set win over it.")
  private Optional<String> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One more key; VALUE is JSON where it is JSON (true, 3, [\"a\"]), else text.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(names = "--wait", description = "Wait until the required deliveries have ended.")
  private boolean isWaiting;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Span.class,
      description = "Longest time to --wait (default: 30s).")
  private Duration timeout = Duration.ofSeconds(30);

  @Mixin private final GatewayOptions options = new GatewayOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  SignupsSend(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Payload payload = payload();
    Gateway gateway = options.publicPort(surroundings);
    Answer answer = gateway.post("/signups", payload.json());
    if (!answer.isSuccess()) {
      throw refused(answer, gateway);
    }
    Receipt receipt = new Receipt(answer.body());
    return (isWaiting ? finish(gateway, receipt) : print(receipt, Exit.OK)).code();
  }

  private Payload payload() throws CommandFailed {
    Payload payload = new Payload();
    if (file.isPresent()) {
      payload.addFile(file.get(), surroundings.console().in());
    }
    values.forEach(payload::addValue);
    payload.addText("email", email);
    username.ifPresent(name -> payload.addText("username", name));
    if (!payload.has("username")) {
      throw new CommandFailed(Exit.USAGE, "--username NAME is missing");
    }
    return payload;
  }

  private Exit finish(Gateway gateway, Receipt accepted) throws CommandFailed {
    if (!accepted.isEnded()) {
      // Said before the wait, so that the id is known even when the wait is broken off.
      surroundings
          .console()
          .say("accepted " + accepted.id() + "; waiting up to " + Span.text(timeout));
    }
    Receipt last = new SignupWait(gateway, timeout).last(accepted);
    if (!last.isEnded()) {
      surroundings.console().say("still open after " + Span.text(timeout));
      return print(last, Exit.TIMED_OUT);
    }
    return print(last, last.state().equals("completed") ? Exit.OK : Exit.FAILED);
  }

  private Exit print(Receipt receipt, Exit exit) {
    receipt.print(surroundings.console(), output.isJson(surroundings.console()));
    return exit;
  }

  /**
   * No path can be missing from a public port: whoever answers 404 or 405 here is something else.
   */
  private static CommandFailed refused(Answer answer, Gateway gateway) {
    CommandFailed refusal = Refusal.of(answer, gateway.endpoint());
    boolean isElsewhere = answer.status() == 404 || answer.status() == 405;
    return isElsewhere
        ? new CommandFailed(
            Exit.REFUSED,
            refusal.getMessage()
                + "\n"
                + gateway.endpoint().origin()
                + " must be the public port of a gateway")
        : refusal;
  }
}
