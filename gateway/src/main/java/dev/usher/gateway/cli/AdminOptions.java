package dev.usher.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a verb that uses the admin port. */
final class AdminOptions {

  @Mixin private final GatewayOptions gateway = new GatewayOptions();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the admin token. Default: $USHER_TOKEN, else gateway/admin.token in the data"
              + " folder.")
  private Optional<Path> tokenFile = Optional.empty();

  /** The public port of the same gateway, for a verb that uses either. */
  Gateway openPublic(Surroundings surroundings) throws CommandFailed {
    return gateway.publicPort(surroundings);
  }

  /** The data folder of the gateway on this machine. */
  Path data(Surroundings surroundings) {
    return gateway.folder(surroundings);
  }

  Gateway open(Surroundings surroundings) throws CommandFailed {
    return gateway.adminPort(surroundings, tokenFile);
  }
}
