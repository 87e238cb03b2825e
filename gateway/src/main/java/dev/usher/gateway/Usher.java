package dev.usher.gateway;

import dev.usher.gateway.cli.Console;
import dev.usher.gateway.cli.Folders;
import dev.usher.gateway.cli.Surroundings;
import dev.usher.gateway.cli.UsherCommand;
import java.util.List;
import java.util.Map;

/** The command line's main class; {@code scripts/usher} starts it. */
public final class Usher {

  private Usher() {}

  /** Does what the arguments say and ends the process with the contract's exit code. */
  public static void main(String[] arguments) {
    // Read by logback.xml: libraries that log must not talk between the lines of a command.
    boolean isDev = List.of(arguments).indexOf("dev") == 0;
    quiet("USHER_LOG_LEVEL", isDev ? "INFO" : "OFF");
    quiet("USHER_LIBRARY_LOG_LEVEL", isDev ? "ERROR" : "OFF");
    System.setProperty("hazelcast.logging.type", "slf4j");
    // The jar has Groovy in it: picocli would load two hundred classes of that for every command.
    System.setProperty("picocli.disable.closures", "true");
    Map<String, String> environment = System.getenv();
    Surroundings surroundings =
        new Surroundings(
            Console.ofProcess(environment),
            environment,
            Folders.ofProcess(),
            new ConfigFiles(environment),
            new JournalFiles(environment),
            new LoopbackMember(environment),
            new DevGateway(environment));
    System.exit(UsherCommand.run(surroundings, arguments));
  }

  private static void quiet(String name, String level) {
    System.setProperty(name, System.getProperty(name, level));
  }
}
