package dev.usher.gateway;

import dev.usher.cluster.Launch;
import dev.usher.settings.InvalidSettings;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the gateway: {@code java -jar usher-gateway.jar [--config DIR] [--data DIR]}. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int USAGE_ERROR = 2;

  private Main() {}

  /** Runs until SIGTERM or SIGINT, then ends with 0; with 1 when it can't start. */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    if (words.contains("--help")) {
      System.out.println("Usage: java -jar usher-gateway.jar [--config DIR] [--data DIR]");
      System.out.print(Launch.USAGE);
      return;
    }
    try {
      start(Launch.parse(words));
    } catch (IllegalArgumentException | InvalidSettings e) {
      System.err.println(e.getMessage());
      System.exit(USAGE_ERROR);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void start(Launch launch) throws InvalidSettings, IOException {
    Gateway gateway = new Gateway(Preparation.of(launch, System.getenv()));
    Thread stop = new Thread(() -> stop(gateway), "shutdown");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      gateway.start();
    } catch (StartFailed e) {
      System.err.println(e.getMessage());
      LOG.debug("start failed", e);
      Runtime.getRuntime().halt(1);
    }
  }

  /** In a hook the exit code is the signal's; the contract's is 0. */
  private static void stop(Gateway gateway) {
    gateway.stop();
    Runtime.getRuntime().halt(0);
  }
}
