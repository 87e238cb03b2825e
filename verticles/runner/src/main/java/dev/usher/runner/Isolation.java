package dev.usher.runner;

import dev.usher.cluster.ClusterSettings;
import dev.usher.runner.process.Command;
import dev.usher.wire.HandlerVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How classes run in a process of their own: in a JVM with the class path of this one, which runs
 * them as this one would, and joins the cluster itself. See {@link Isolated}.
 */
final class Isolation {

  /** The process says itself how long it needs. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  private final Surroundings surroundings;

  private Isolation(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static Program of(Surroundings surroundings) {
    Isolation isolation = new Isolation(surroundings);
    return new Child(DRAIN_LIMIT, version -> isolation.command(version.artefact()));
  }

  private Supplier<Command> command(Artefact artefact) throws CannotDeploy {
    List<String> words = words(artefact);
    Path folder = Path.of("").toAbsolutePath();
    return () -> new Command(words, variables(artefact), folder);
  }

  private List<String> words(Artefact artefact) throws CannotDeploy {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + surroundings.processes().settings().memory());
    // One that is out of memory is better started again than left half alive.
    words.add("-XX:+ExitOnOutOfMemoryError");
    words.add("-XX:+UseSerialGC");
    words.addAll(ModuleAccess.options());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Isolated.class.getName()));
    words.addAll(List.of("--config", surroundings.config().toString()));
    words.addAll(List.of("--data", surroundings.folders().data().toString()));
    words.add(artefact.file().toAbsolutePath().toString());
    return words;
  }

  /** Members come and go, so where they are is asked at each start. */
  private Map<String, String> variables(Artefact artefact) {
    Map<String, String> variables = ChildEnvironment.ofClasses(surroundings.environment());
    variables.putAll(cluster());
    variables.put(Isolated.VERSION, version(artefact).toJson().encode());
    return variables;
  }

  /** It joins as this process did, but takes whatever ports are free. */
  private Map<String, String> cluster() {
    ClusterSettings own = surroundings.processes().cluster();
    List<String> members = new ArrayList<>(surroundings.processes().members().get());
    members.addAll(own.members());
    Map<String, String> variables = new HashMap<>();
    variables.put("USHER_CLUSTER_NAME", own.name());
    variables.put("USHER_CLUSTER_HOST", own.host());
    variables.put("USHER_CLUSTER_PORT", "0");
    variables.put("USHER_CLUSTER_BUS_PORT", "0");
    variables.put("USHER_CLUSTER_MEMBERS", String.join(",", members));
    own.publicHost().ifPresent(host -> variables.put("USHER_CLUSTER_PUBLIC_HOST", host));
    return variables;
  }

  private static HandlerVersion version(Artefact artefact) {
    Terms terms = artefact.terms();
    return new HandlerVersion(
        artefact.name(),
        terms.number(),
        artefact.fileName(),
        artefact.checksum(),
        0,
        terms.address(),
        terms.settings(),
        false);
  }
}
