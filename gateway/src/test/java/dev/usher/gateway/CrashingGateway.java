package dev.usher.gateway;

import dev.usher.cluster.Launch;
import java.util.List;

/**
 * A gateway that ends as by SIGKILL at the n-th passage of a point: {@code CrashingGateway --config
 * DIR --data DIR} with the properties {@code strike} and {@code passage}.
 */
public final class CrashingGateway {

  private CrashingGateway() {}

  /** Runs until it crashes or is killed. */
  public static void main(String[] arguments) throws Exception {
    Strike strike = Strike.of(System.getProperty("strike"));
    Gateway gateway =
        new Gateway(Preparation.of(Launch.parse(List.of(arguments)), System.getenv()));
    CrashingPorts ports = new CrashingPorts(strike, Integer.getInteger("passage"));
    CrashingDriver.install(ports::passCommit);
    gateway.start(ports);
  }
}
