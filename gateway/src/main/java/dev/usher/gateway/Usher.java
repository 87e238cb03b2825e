package dev.usher.gateway;

import dev.usher.gateway.cli.Console;
import dev.usher.gateway.cli.Folders;
import dev.usher.gateway.cli.Surroundings;
import dev.usher.gateway.cli.UsherCommand;
import java.util.Map;

/** The command line's main class; {@code scripts/usher} starts it. */
public final class Usher {

  private Usher() {}

  /** Does what the arguments say and ends the process with the contract's exit code. */
  public static void main(String[] arguments) {
    // Read by logback.xml: libraries that log must not talk between the lines of a command.
    System.setProperty("USHER_LOG_LEVEL", System.getProperty("USHER_LOG_LEVEL", "OFF"));
    System.setProperty(
        "USHER_LIBRARY_LOG_LEVEL", System.getProperty("USHER_LIBRARY_LOG_LEVEL", "OFF"));
    System.setProperty("hazelcast.logging.type", "slf4j");
    Map<String, String> environment = System.getenv();
    Surroundings surroundings =
        new Surroundings(
            Console.ofProcess(environment),
            environment,
            Folders.ofProcess(),
            new ConfigFiles(environment),
            new JournalFiles(environment),
            new LoopbackMember(environment));
    System.exit(UsherCommand.run(surroundings, arguments));
  }
}
