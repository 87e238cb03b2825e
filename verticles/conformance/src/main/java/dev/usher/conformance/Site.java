package dev.usher.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an examination takes place: a temporary folder, a cluster and a bridge that nobody else
 * has.
 *
 * @param home Usher's repository, built
 * @param folder for everything that is written
 * @param cluster the ports of the cluster's members
 * @param bridge the bridge's port, in a range of one
 */
record Site(Path home, Path folder, Ports cluster, Ports bridge) {

  private static final int MEMBERS = 10;

  /**
   * The secret that webhooks are signed with; the same at every time, so that a receiver can know
   * it.
   */
  static final String SECRET = "whsec_Y29uZm9ybWFuY2UtY29uZm9ybWFuY2UtY29uZm9ybWE=";

  static Site under(Path home) {
    try {
      Path folder = Files.createTempDirectory("usher-conformance");
      Files.createDirectories(folder.resolve("config"));
      Files.createDirectories(folder.resolve("data"));
      return new Site(home, folder, Ports.free(MEMBERS), Ports.free(1));
    } catch (IOException e) {
      throw new ConformanceFailed("can't make a temporary folder", e);
    }
  }

  Path config() {
    return folder.resolve("config");
  }

  Path data() {
    return folder.resolve("data");
  }

  Path gatewayJar() {
    return home.resolve("gateway/target/usher-gateway.jar");
  }

  /** Where a process writes what it prints. */
  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** How a handler finds this cluster and this bridge, as variables. */
  Map<String, String> surroundings() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("USHER_CLUSTER_NAME", clusterName());
    variables.put("USHER_CLUSTER_PORT", cluster.first() + "-" + cluster.last());
    variables.put("USHER_BRIDGE", "127.0.0.1:" + bridge.first());
    variables.put("CONFORMANCE_CLUSTER_XML", clusterXml().toString());
    variables.put("CONFORMANCE_SECRET", SECRET);
    return variables;
  }

  private String clusterName() {
    return "conformance-" + cluster.first();
  }

  /** The file by which a plain Vert.x application joins this cluster. */
  Path clusterXml() {
    return folder.resolve("cluster.xml");
  }

  /** Writes what the gateway and plain handlers read. */
  void prepare(List<Subject> subjects) {
    try {
      Files.writeString(config().resolve("actions.yaml"), actions(subjects));
      Path example = home.resolve("verticles/examples/src/main/resources/cluster.xml");
      Files.writeString(clusterXml(), clusterXml(Files.readString(example)));
    } catch (IOException e) {
      throw new ConformanceFailed("can't prepare " + folder, e);
    }
  }

  /** Waits are short, so that a case is; time-outs are long but for one action of each handler. */
  private static String actions(List<Subject> subjects) {
    return subjects.stream()
        .map(
            subject ->
                action(subject.action(), subject, "30s")
                    + action(subject.impatientAction(), subject, "500ms"))
        .collect(Collectors.joining("", "actions:\n", ""));
  }

  private static String action(String name, Subject subject, String timeout) {
    String place =
        subject.isWebhook()
            ? "    webhook: " + subject.address() + "\n    secrets: [ " + SECRET + " ]\n"
            : "    address: " + subject.address() + "\n";
    return "  "
        + name
        + ":\n"
        + place
        + "    timeout: "
        + timeout
        + "\n    retry: { first: 50ms, max: 200ms, giveUpAfter: 2m }\n";
  }

  private String clusterXml(String example) {
    String members =
        Stream.iterate(cluster.first(), port -> port + 1)
            .limit(cluster.count())
            .map(port -> "<member>127.0.0.1:" + port + "</member>")
            .collect(Collectors.joining("", "<member-list>", "</member-list>"));
    return example
        .replace(">usher<", ">" + clusterName() + "<")
        .replace(
            "port-count=\"8\">5701<",
            "port-count=\"" + cluster.count() + "\">" + cluster.first() + "<")
        .replaceAll("(?s)<member-list>.*</member-list>", members);
  }

  /** Removes the folder. */
  void delete() {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new ConformanceFailed("can't delete " + folder, e);
    }
  }
}
