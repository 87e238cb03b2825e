package dev.usher.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a new handler. */
final class HandlerProject {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_NAME = 40;
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._:/-]{1,200}");

  private final ProjectLanguage language;
  private final Map<String, String> words;

  private HandlerProject(ProjectLanguage language, Map<String, String> words) {
    this.language = language;
    this.words = words;
  }

  /**
   * Fails where a name or an address can't stand in code.
   *
   * @param home Usher's folder, which has the kits
   */
  static HandlerProject of(ProjectLanguage language, String name, String address, String home)
      throws CommandFailed {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw new CommandFailed(
          Exit.USAGE,
          "\""
              + name
              + "\" can't be a handler's name; write lower-case letters, digits and single"
              + " dashes, at most "
              + LONGEST_NAME
              + ", a letter first: welcome-letter");
    }
    if (!ADDRESS.matcher(address).matches() || address.startsWith("usher.")) {
      throw new CommandFailed(
          Exit.USAGE, "\"" + address + "\" can't be a handler's address; write signup." + name);
    }
    return new HandlerProject(
        language,
        Map.of(
            "@name@",
            name,
            // Its name alone could be that of a module of Python's own, such as email.
            "@module@",
            name.replace('-', '_') + "_handler",
            "@Class@",
            className(name),
            "@address@",
            address,
            "@home@",
            home,
            "@version@",
            Version.number().orElse("VERSION")));
  }

  /** What each file holds, by its place in the project. */
  Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    language
        .places()
        .forEach((template, place) -> files.put(filled(place), filled(read(template))));
    return files;
  }

  /** {@code WelcomeLetterAction} for {@code welcome-letter}: no name of the kit can be met so. */
  private static String className(String name) {
    return Stream.of(name.split("-", -1))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining())
        + "Action";
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace(word.getKey(), word.getValue());
    }
    return filled;
  }

  private String read(String template) {
    String resource = "/project/" + language.folder() + "/" + template;
    try (InputStream stream = HandlerProject.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
