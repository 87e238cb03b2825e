package dev.usher.gateway.cli;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a configuration as a starting gateway would; handed in by the main class. */
@FunctionalInterface
public interface ConfigCheck {

  /**
   * The actions of the configuration in {@code folder}.
   *
   * @throws InvalidSettings naming every problem of every file
   */
  Actions check(Path folder) throws InvalidSettings;

  /**
   * Every setting of the configuration in {@code folder} and of its actions; secrets masked.
   *
   * @throws InvalidSettings naming every problem of the first faulty file
   */
  default List<Setting> values(Path folder) throws InvalidSettings {
    return List.of();
  }

  /**
   * What a start would bring into force: the actions of the configuration in {@code folder}, with
   * what was said over them. Those of the files where {@code data} has no journal.
   *
   * @throws InvalidSettings naming every problem of the first faulty file
   * @throws IOException when the journal can't be read
   */
  default AtStart atStart(Path folder, Path data) throws InvalidSettings, IOException {
    return new AtStart(check(folder), List.of());
  }

  /**
   * Webhooks that could not be called from this machine now; the files may be sound all the same.
   * Asks name servers.
   *
   * @throws InvalidSettings naming every problem of the first faulty file
   */
  default List<Unreachable> unreachable(Path folder) throws InvalidSettings {
    return List.of();
  }

  /**
   * Versions of hot-deployed handlers that the journal in {@code data} names and whose file is not
   * there, so that no runner that lacks it can run them.
   *
   * @throws InvalidSettings naming every problem of the first faulty file
   * @throws IOException when the journal can't be read
   */
  default List<Fileless> fileless(Path folder, Path data) throws InvalidSettings, IOException {
    return List.of();
  }

  /**
   * A version without its file.
   *
   * @param version name and number
   * @param file the file's name
   * @param isInForce whether runners have to do with it; else a rollback would need it
   */
  record Fileless(String version, String file, boolean isInForce) {}

  /**
   * What would be in force.
   *
   * @param actions the actions
   * @param aside overrides that would be put aside, as they don't fit the files
   */
  record AtStart(Actions actions, List<Aside> aside) {}

  /**
   * A webhook that could not be called.
   *
   * @param action name of its action
   * @param why what would be in the way
   */
  record Unreachable(String action, String why) {}

  /**
   * An override that does not fit.
   *
   * @param action name of the action it is of
   * @param why what would be wrong with it
   */
  record Aside(String action, String why) {

    /** The line to run to be rid of it. */
    String mend() {
      return "usher actions reset " + action;
    }
  }
}
