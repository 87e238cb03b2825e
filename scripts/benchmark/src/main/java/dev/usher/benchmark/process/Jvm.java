package dev.usher.benchmark.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@code java} command. */
public record Jvm(List<String> flags) {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  /** Quiet about what Hazelcast and Netty do, on the JDKs that would talk about it. */
  private static final List<String> QUIET =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow");

  /** With the collector that is measured with, and this heap. */
  public static Jvm withHeap(String heap) {
    return new Jvm(List.of("-XX:+UseParallelGC", "-Xmx" + heap));
  }

  /** The same with one more flag. */
  public Jvm and(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return new Jvm(List.copyOf(more));
  }

  /** The same with an archive of class data, silent where it does not fit. */
  public Jvm archived(Path archive) {
    return and("-XX:SharedArchiveFile=" + archive)
        .and("-Xlog:cds=off")
        .and("-Xlog:cds+dynamic=off");
  }

  List<String> jar(Path jar, List<String> arguments) {
    return command(List.of("-jar", jar.toString()), arguments);
  }

  List<String> main(Path jar, String type, List<String> arguments) {
    return command(List.of("-cp", jar.toString(), type), arguments);
  }

  private List<String> command(List<String> what, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA.toString());
    command.addAll(QUIET);
    command.addAll(flags);
    command.addAll(what);
    command.addAll(arguments);
    return command;
  }
}
