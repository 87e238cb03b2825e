package dev.usher.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A process that is to be killed, and how it comes back.
 *
 * @param process its process id; empty for the gateway's, whichever it is by then
 * @param command what starts it again; empty where something else does
 */
record Disruption(Optional<Long> process, Optional<String> command) {

  /** Reads {@code gateway}, {@code 4711}, {@code gateway=COMMAND} or {@code 4711=COMMAND}. */
  static final class Reader implements ITypeConverter<Disruption> {

    @Override
    public Disruption convert(String text) {
      String[] parts = text.split("=", 2);
      boolean isGateway = parts[0].equals("gateway");
      boolean isNumber = parts[0].matches("[0-9]{1,9}");
      if ((!isGateway && !isNumber) || (parts.length > 1 && parts[1].isBlank())) {
        throw new TypeConversionException(
            "\""
                + text
                + "\" names no process; write gateway or a process id, and =COMMAND behind it"
                + " where nothing else starts it again");
      }
      return new Disruption(
          isGateway ? Optional.empty() : Optional.of(Long.parseLong(parts[0])),
          parts.length > 1 ? Optional.of(parts[1]) : Optional.empty());
    }
  }

  boolean isOfGateway() {
    return process.isEmpty();
  }
}
