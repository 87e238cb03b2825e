package dev.usher.gateway.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code usher signups get}: the receipt of a signup as it stands. */
@Command(name = "get", description = "Print the receipt of a signup as it stands.")
final class SignupsGet implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "ID", description = "Id of the signup: signup_…")
  private String id = "";

  @Mixin private final GatewayOptions options = new GatewayOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  SignupsGet(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Gateway gateway = options.publicPort(surroundings);
    Answer answer = gateway.get(path(id));
    if (answer.status() == 404) {
      throw unknown(id, gateway);
    }
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, gateway.endpoint());
    }
    Console console = surroundings.console();
    new Receipt(answer.body()).print(console, output.isJson(console));
    return Exit.OK.code();
  }

  /** The end of a command that asked for a signup that is not there. */
  static CommandFailed unknown(String id, Gateway gateway) {
    return new CommandFailed(
        Exit.NOT_FOUND, "no signup " + Printable.of(id) + " at " + gateway.endpoint().base());
  }

  /** The path of a signup on the public port. */
  static String path(String id) {
    return "/signups/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
