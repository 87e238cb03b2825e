package dev.usher.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which gateway is meant; the same for every verb that asks one. */
final class GatewayOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "Gateway to talk to: the port this verb uses (public for signups, admin for everything"
            + " else). Default: $USHER_URL, else what the gateway on this machine wrote into its"
            + " data folder."
      })
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of the gateway on this machine (default: data).")
  private Optional<Path> data = Optional.empty();

  /** The public port takes no token, so none is asked for or sent. */
  Gateway publicPort(Surroundings surroundings) throws CommandFailed {
    return new Gateway(endpoint(surroundings, Port.PUBLIC), Optional.empty());
  }

  Gateway adminPort(Surroundings surroundings, Optional<Path> tokenFile) throws CommandFailed {
    Endpoint endpoint = endpoint(surroundings, Port.ADMIN);
    return new Gateway(endpoint, token(surroundings, endpoint, tokenFile));
  }

  private Endpoint endpoint(Surroundings surroundings, Port port) throws CommandFailed {
    if (url.isPresent()) {
      return Endpoint.named(url.get(), "--url");
    }
    Optional<String> variable = surroundings.variable("USHER_URL");
    // A folder named on the command line is meant more than a variable set some time ago.
    if (variable.isPresent() && data.isEmpty()) {
      return Endpoint.named(variable.get(), "USHER_URL");
    }
    return Endpoint.recorded(folder(surroundings), port);
  }

  private Optional<Token> token(
      Surroundings surroundings, Endpoint endpoint, Optional<Path> tokenFile) throws CommandFailed {
    if (tokenFile.isPresent()) {
      return Optional.of(Token.in(tokenFile.get()));
    }
    Optional<String> variable = surroundings.variable("USHER_TOKEN");
    if (variable.isPresent()) {
      return Optional.of(new Token(variable.get(), "USHER_TOKEN"));
    }
    // The token of the gateway on this machine is nobody else's business.
    return endpoint.isLoopback() || endpoint.pid().isPresent()
        ? Token.recorded(folder(surroundings))
        : Optional.empty();
  }

  Path folder(Surroundings surroundings) {
    return data.orElseGet(() -> surroundings.folders().find("data", "gateway/endpoints.json"));
  }
}
