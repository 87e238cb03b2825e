package dev.usher.gateway.cli;

import java.util.Locale;
import java.util.Map;

/** What a new handler may be written in, and the files of its project. */
enum ProjectLanguage {
  JAVA,
  PYTHON,
  NODE;

  /** Where its templates are, as resources. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Each template, and where it belongs in the project. */
  Map<String, String> places() {
    return switch (this) {
      case JAVA ->
          Map.of(
              "README.md", "README.md",
              "pom.xml", "pom.xml",
              "Handler.java", "src/main/java/com/example/@Class@.java",
              "HandlerTest.java", "src/test/java/com/example/@Class@Test.java");
      case PYTHON ->
          Map.of(
              "README.md", "README.md",
              "handler.py", "@module@.py",
              "test_handler.py", "test_@module@.py");
      case NODE ->
          Map.of(
              "README.md", "README.md",
              "package.json", "package.json",
              "handler.mjs", "@name@.mjs",
              "handler.test.mjs", "@name@.test.mjs");
    };
  }
}
