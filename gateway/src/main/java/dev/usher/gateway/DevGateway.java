package dev.usher.gateway;

import dev.usher.cluster.Launch;
import dev.usher.gateway.cli.Development;
import dev.usher.runner.EmbeddedRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A gateway with handlers in this process, for developing them.
 *
 * @param environment its variables; what they say counts
 */
record DevGateway(Map<String, String> environment) implements Development {

  private static final List<String> BUNDLED = List.of("email", "subscription");
  private static final int PUBLIC_PORT = 8080;
  private static final int ADMIN_PORT = 8081;

  @Override
  public Running start(Wish wish) throws Exception {
    HandlerLog.only();
    Path data = Files.createTempDirectory("usher-dev");
    Live live = new Live(data);
    Runtime.getRuntime().addShutdownHook(new Thread(live::end, "shutdown"));
    List<Path> files = new ArrayList<>(wish.handlers().isEmpty() ? bundled() : wish.handlers());
    files.addAll(wish.watched());
    Launch launch = new Launch(wish.config(), data);
    live.start(new Gateway(Preparation.of(launch, variables()), Optional.of(files)));
    return live;
  }

  /** On this machine alone, in a cluster of its own; the usual ports, or free ones. */
  private Map<String, String> variables() {
    Map<String, String> all = new TreeMap<>();
    all.put("USHER_HTTP_HOST", "127.0.0.1");
    all.put("USHER_HTTP_PORT", port(PUBLIC_PORT));
    all.put("USHER_ADMIN_PORT", port(ADMIN_PORT));
    all.put("USHER_CLUSTER_NAME", "dev-" + ProcessHandle.current().pid());
    all.put("USHER_CLUSTER_PORT", "0");
    all.put("USHER_CLUSTER_MEMBERS", "127.0.0.1:1");
    all.put("USHER_EMAIL_TRANSPORT", "outbox");
    all.putAll(environment);
    all.put("USHER_RUNNER_EMBEDDED", "true");
    return all;
  }

  private static String port(int usual) {
    try (ServerSocket free = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return String.valueOf(free.getLocalPort());
    } catch (IOException taken) {
      return "0";
    }
  }

  /** Beside the gateway's jar, or where the build puts them; those that are not there are told. */
  private static List<Path> bundled() throws IOException {
    Path jar = Path.of(code()).toAbsolutePath();
    List<Path> found = new ArrayList<>();
    for (String name : BUNDLED) {
      String file = "usher-" + name + ".jar";
      Path beside = jar.resolveSibling(file);
      Path built =
          jar.resolveSibling("../../verticles").resolve(name).resolve("target").resolve(file);
      found.add(
          Stream.of(beside, built.normalize())
              .filter(Files::exists)
              .findFirst()
              .orElseThrow(
                  () ->
                      new IOException(
                          "neither "
                              + beside
                              + " nor "
                              + built.normalize()
                              + " is there; build it, or name handlers with --handlers")));
    }
    return found;
  }

  private static URI code() throws IOException {
    try {
      return DevGateway.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** Runs until it is closed, which the end of the process does too. */
  private static final class Live implements Running {

    private final Path data;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Gateway> gateway = Optional.empty();
    private volatile boolean isReady;

    private Live(Path data) {
      this.data = data;
    }

    private void start(Gateway other) {
      gateway = Optional.of(other);
      other.start();
      isReady = true;
    }

    /** In a hook the exit code is the signal's; where all went well it is 0. */
    private void end() {
      boolean wasReady = isReady;
      close();
      if (wasReady) {
        Runtime.getRuntime().halt(0);
      }
    }

    @Override
    public Path data() {
      return data;
    }

    @Override
    public List<Handler> handlers() {
      return gateway.flatMap(Gateway::runner).map(Live::handlers).orElse(List.of());
    }

    @Override
    public void await() throws InterruptedException {
      ended.await();
    }

    @Override
    public synchronized void close() {
      gateway.ifPresent(Gateway::stop);
      gateway = Optional.empty();
      ended.countDown();
      try {
        remove(data);
      } catch (IOException e) {
        System.err.println(data + " can't be removed: " + e.getMessage());
      }
    }

    private static List<Handler> handlers(EmbeddedRunner runner) {
      return runner.names().stream()
          .map(name -> new Handler(name, runner.addresses(name)))
          .toList();
    }

    private static void remove(Path folder) throws IOException {
      if (!Files.exists(folder)) {
        return;
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
