package dev.usher.gateway.cli;

import java.util.Map;
import java.util.Optional;

/**
 * All that a command sees of the world besides its arguments and the gateway.
 *
 * @param console the person or program that asked
 * @param environment the environment variables
 * @param folders where the default folders are looked for
 * @param configCheck reads a configuration
 * @param journalRestore puts a backup in the place of the journal
 * @param loopback performs the loop-back action
 * @param development runs a gateway in this process
 */
public record Surroundings(
    Console console,
    Map<String, String> environment,
    Folders folders,
    ConfigCheck configCheck,
    JournalRestore journalRestore,
    Loopback loopback,
    Development development) {

  /** An environment variable, unless it is missing or empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
