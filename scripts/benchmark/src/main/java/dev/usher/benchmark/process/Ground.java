package dev.usher.benchmark.process;

import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with the configuration and the data of processes that belong together. */
public record Ground(Path folder) {

  /** A new one with this {@code actions.yaml}; an old one in its place is gone. */
  public static Ground fresh(Path folder, String actions) {
    delete(folder);
    Ground ground = new Ground(folder);
    try {
      Files.createDirectories(ground.config());
      Files.createDirectories(ground.data());
      Files.writeString(ground.config().resolve("actions.yaml"), actions);
      return ground;
    } catch (IOException e) {
      throw new BenchFailed("can't prepare " + folder, e);
    }
  }

  /** The same with one more file in its configuration. */
  public Ground with(String file, String content) {
    try {
      Files.writeString(config().resolve(file), content);
      return this;
    } catch (IOException e) {
      throw new BenchFailed("can't write " + file, e);
    }
  }

  /** For {@code --config}. */
  public Path config() {
    return folder.resolve("config");
  }

  /** For {@code --data}. */
  public Path data() {
    return folder.resolve("data");
  }

  /** The gateway's journal. */
  public Path journal() {
    return data().resolve("gateway/journal.db");
  }

  /** The arguments of a process on this ground, after others. */
  public String[] options(String... first) {
    List<String> words = new ArrayList<>(List.of(first));
    words.addAll(List.of("--config", config().toString(), "--data", data().toString()));
    return words.toArray(String[]::new);
  }

  /** Removes a folder and all in it. */
  public static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> paths = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : paths) {
        var unused = Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Gone is what it should be.
    } catch (IOException | UncheckedIOException e) {
      throw new BenchFailed("can't delete " + folder, e);
    }
  }
}
