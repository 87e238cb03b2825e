package dev.usher.gateway.cli;

import java.util.Map;

/** What a new handler may be written in, and the files of its project. */
enum ProjectLanguage {
  JAVA(
      "java",
      Map.of(
          "README.md", "README.md",
          "pom.xml", "pom.xml",
          "Handler.java", "src/main/java/com/example/@Class@.java",
          "HandlerTest.java", "src/test/java/com/example/@Class@Test.java")),
  PYTHON(
      "python",
      Map.of(
          "README.md", "README.md",
          "handler.py", "handler.py",
          "test_handler.py", "test_handler.py")),
  NODE(
      "node",
      Map.of(
          "README.md", "README.md",
          "package.json", "package.json",
          "handler.mjs", "handler.mjs",
          "handler.test.mjs", "handler.test.mjs"));

  private final String folder;
  private final Map<String, String> places;

  ProjectLanguage(String folder, Map<String, String> places) {
    this.folder = folder;
    this.places = places;
  }

  /** Where its templates are, as resources. */
  String folder() {
    return folder;
  }

  /** Each template, and where it belongs in the project. */
  Map<String, String> places() {
    return places;
  }
}
