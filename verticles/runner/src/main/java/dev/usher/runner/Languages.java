package dev.usher.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every kind of file that this runner can run. */
final class Languages {

  private static final Interpreter NODE = new Node();

  private static final List<Language> ALL =
      List.of(
          new Jar(),
          new JavaSource(),
          new GroovySource(),
          new Script(".py", new Python()),
          new Script(".mjs", NODE),
          new Script(".js", NODE));

  private Languages() {}

  /** The one of a file, by how its name ends. */
  static Optional<Language> of(Path file) {
    String fileName = String.valueOf(file.getFileName());
    return ALL.stream().filter(language -> fileName.endsWith(language.suffix())).findFirst();
  }

  /** For people. */
  static String suffixes() {
    return ALL.stream().map(Language::suffix).collect(Collectors.joining(", "));
  }
}
