package dev.usher.gateway.cli;

import dev.usher.settings.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a gateway needs of the machine it runs on. */
final class Machine {

  private static final String MAKE_ROOM =
      "make room: df -h shows which disk that is; a gateway with limits.disk of its own may still accept";

  private static final int OLDEST_JAVA = 17;
  private static final long LITTLE_SPACE = 1L << 30;
  private static final long NO_SPACE = 64L << 20;
  private static final int CONNECT_MS = 1_000;

  /** File systems round times, and clocks are nudged. */
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(10);

  private Machine() {}

  static Finding java() {
    String version = System.getProperty("java.version", "?");
    return Runtime.version().feature() >= OLDEST_JAVA
        ? Finding.ok("java", version)
        : Finding.fail("java", version + " is too old", "install Java 17 or newer");
  }

  static List<Finding> dataFolder(Path data) {
    Path folder = data.resolve("gateway");
    if (!Files.isDirectory(folder)) {
      return List.of(Finding.warn("data", folder + " is not there yet", Endpoint.HOW_TO_START));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Files.isWritable(folder)
            ? Finding.ok("data", folder.toString())
            : Finding.fail("data", folder + " can't be written", "chown -R $USER " + folder));
    findings.add(token(folder.resolve("admin.token")));
    try {
      findings.add(space(Files.getFileStore(folder).getUsableSpace(), folder));
      findings.add(clock(folder));
    } catch (IOException e) {
      findings.add(Finding.fail("data", folder + ": " + e, "ls -la " + folder));
    }
    return findings;
  }

  static Finding space(long bytes, Path folder) {
    String left = (bytes >> 20) + " MiB left on the disk of " + folder;
    if (bytes < NO_SPACE) {
      return Finding.fail("disk", left, MAKE_ROOM);
    }
    return bytes < LITTLE_SPACE ? Finding.warn("disk", left, MAKE_ROOM) : Finding.ok("disk", left);
  }

  /** A file from the future means that the clock was set back, or is wrong now. */
  private static Finding clock(Path folder) throws IOException {
    Instant latest = Instant.EPOCH;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        latest = written.isAfter(latest) ? written : latest;
      }
    }
    Instant now = Instant.now();
    return latest.isAfter(now.plus(CLOCK_SLACK))
        ? Finding.warn("clock", now + ", but a file is from " + latest, "timedatectl")
        : Finding.ok("clock", now.toString());
  }

  private static Finding token(Path file) {
    if (!Files.exists(file)) {
      return Finding.ok("token file", "none: admin.token is configured");
    }
    if (!Files.isReadable(file)) {
      return Finding.fail(
          "token file", file + " can't be read", "run this as the user who runs the gateway");
    }
    return isOthers(file)
        ? Finding.warn("token file", file + " can be read by others", "chmod 600 " + file)
        : Finding.ok("token file", file.toString());
  }

  private static boolean isOthers(Path file) {
    try {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
      return allowed.contains(PosixFilePermission.GROUP_READ)
          || allowed.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException notPosix) {
      return false;
    }
  }

  /** Whether a gateway that is to be started would find its ports free. */
  static List<Finding> ports(List<Setting> settings) {
    List<Finding> findings = new ArrayList<>();
    for (String which : List.of("http", "admin")) {
      String port = value(settings, which + ".port");
      if (!port.isEmpty() && !port.equals("0")) {
        findings.add(port(which, value(settings, which + ".host"), Integer.parseInt(port)));
      }
    }
    return findings;
  }

  private static Finding port(String which, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return Finding.ok(which + ".port", port + " is free");
    } catch (IOException taken) {
      return Finding.fail(
          which + ".port",
          host + ":" + port + ": " + taken.getMessage(),
          "ss -ltnp 'sport = :" + port + "' says who listens; or set " + which + ".port");
    }
  }

  /** Whether the other machines that are named can be reached. */
  static List<Finding> members(List<Setting> settings) {
    List<Finding> findings = new ArrayList<>();
    for (String member : value(settings, "cluster.members").split(",", -1)) {
      String[] parts = member.strip().split(":", 2);
      if (parts.length == 2 && parts[1].matches("[0-9]{1,5}")) {
        findings.add(member(parts[0], Integer.parseInt(parts[1])));
      }
    }
    return findings;
  }

  private static Finding member(String host, int port) {
    String name = host + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
      return Finding.ok("member", name + " answers");
    } catch (IOException e) {
      return Finding.warn(
          "member",
          name + " does not answer: " + e.getMessage(),
          "start it, open its port in the firewall, or correct cluster.members");
    }
  }

  private static String value(List<Setting> settings, String key) {
    return settings.stream()
        .filter(setting -> setting.key().equals(key))
        .map(Setting::value)
        .findFirst()
        .orElse("");
  }
}
