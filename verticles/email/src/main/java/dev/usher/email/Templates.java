package dev.usher.email;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.DelegatingLoader;
import io.pebbletemplates.pebble.loader.FileLoader;
import io.pebbletemplates.pebble.loader.Loader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words of the letter. A file of the same name in a folder of the user's takes the place of one
 * of ours; they are read once, at the start. Values are escaped in HTML and left alone in plain
 * text.
 */
final class Templates {

  private final PebbleTemplate subject;
  private final PebbleTemplate text;
  private final PebbleTemplate html;

  /**
   * Reads the templates.
   *
   * @throws RuntimeException naming file and line when one has a mistake
   */
  Templates(Optional<Path> folder) {
    folder
        .filter(path -> !Files.isDirectory(path))
        .ifPresent(
            path -> {
              throw new IllegalArgumentException(
                  "templates.dir: " + path + " is no folder; make it, or take the setting out");
            });
    PebbleEngine plain = engine(folder, false);
    subject = plain.getTemplate("welcome.subject.peb");
    text = plain.getTemplate("welcome.txt.peb");
    html = engine(folder, true).getTemplate("welcome.html.peb");
  }

  String subject(Map<String, Object> values) {
    return render(subject, values).strip();
  }

  String text(Map<String, Object> values) {
    return render(text, values);
  }

  String html(Map<String, Object> values) {
    return render(html, values);
  }

  private static PebbleEngine engine(Optional<Path> folder, boolean escaping) {
    return new PebbleEngine.Builder()
        .loader(loader(folder))
        .autoEscaping(escaping)
        .strictVariables(true)
        .newLineTrimming(false)
        .defaultLocale(Locale.ROOT)
        .build();
  }

  private static Loader<?> loader(Optional<Path> folder) {
    List<Loader<?>> loaders = new ArrayList<>();
    folder.map(path -> new FileLoader(path.toAbsolutePath().toString())).ifPresent(loaders::add);
    // Our own class loader: in a runner, the thread's would be another.
    ClasspathLoader ours = new ClasspathLoader(Templates.class.getClassLoader());
    ours.setPrefix("templates");
    loaders.add(ours);
    return new DelegatingLoader(loaders);
  }

  private static String render(PebbleTemplate template, Map<String, Object> values) {
    StringWriter out = new StringWriter();
    try {
      template.evaluate(out, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString().replace("\r\n", "\n");
  }
}
