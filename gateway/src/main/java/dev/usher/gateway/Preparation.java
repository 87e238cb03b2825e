package dev.usher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.cluster.DataFolder;
import dev.usher.cluster.Launch;
import dev.usher.gateway.config.ActionsWatch;
import dev.usher.gateway.config.GatewaySettings;
import dev.usher.gateway.config.Saved;
import dev.usher.gateway.http.AdminToken;
import dev.usher.gateway.http.PayloadSchema;
import dev.usher.gateway.http.Role;
import dev.usher.gateway.journal.SavedConfig;
import dev.usher.gateway.pipeline.Macs;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that a person wrote for a gateway, read and checked, and its data folder, locked.
 *
 * @param launch how the process was started
 * @param environment its variables
 * @param settings the settings, by part
 * @param written the same by key, with the place of each
 * @param schema the payload's schema
 * @param actions the actions, watched
 * @param configs keeps what is changed of them, once the journal is open
 * @param reload hears of changed actions
 * @param folder the data folder
 * @param token the token of whoever may read that folder
 * @param macs makes what signups are found by
 */
record Preparation(
    Launch launch,
    Map<String, String> environment,
    GatewaySettings settings,
    Settings written,
    PayloadSchema schema,
    ActionsWatch actions,
    ConfigJournal configs,
    Reload reload,
    DataFolder folder,
    AdminTokenFile token,
    Macs macs) {

  /** Of the process in the configuration, the data folder and the environment. */
  static final String NAME = "gateway";

  /**
   * Reads and checks all of it.
   *
   * @throws InvalidSettings naming every problem of the settings
   * @throws IOException when the data folder is in use or can't be written
   */
  static Preparation of(Launch launch, Map<String, String> environment)
      throws InvalidSettings, IOException {
    Settings written;
    GatewaySettings settings;
    PayloadSchema schema;
    try {
      written = Settings.load(NAME, launch.config(), environment);
      settings = GatewaySettings.from(written, launch.config());
      schema = SignupSchema.load(settings.signup());
    } catch (InvalidSettings e) {
      // A person wants to hear of every file at once.
      var unused = new ConfigFiles(environment).check(launch.config());
      throw e;
    }
    DataFolder folder = DataFolder.lock(launch.data(), NAME);
    AdminTokenFile token = AdminTokenFile.in(folder.path(), settings.admin().token());
    Macs macs = JournalKey.in(folder.path());
    Reload reload = new Reload();
    ConfigJournal configs = new ConfigJournal();
    ActionsWatch actions =
        ActionsWatch.start(
            launch.config().resolve("actions.yaml"),
            environment,
            saved(settings.journal().file(folder.path())),
            configs,
            reload);
    return new Preparation(
        launch,
        environment,
        settings,
        written,
        schema,
        actions,
        configs,
        reload,
        folder,
        token,
        macs);
  }

  /** The file of the journal. */
  Path journal() {
    return settings.journal().file(folder.path());
  }

  /** The one in the data folder is for whoever runs this process, who may do anything anyway. */
  List<AdminToken> tokens() {
    List<AdminToken> tokens = new ArrayList<>();
    tokens.add(new AdminToken("local", Role.DEPLOY, token.token()));
    settings
        .admin()
        .tokens()
        .forEach(one -> tokens.add(new AdminToken(one.name(), Role.of(one.role()), one.token())));
    return tokens;
  }

  /** Every setting in force; secrets are masked. */
  JsonNode config() {
    List<Setting> shown = new ArrayList<>(written.values());
    shown.addAll(actions.inForce().configured().settings());
    return SettingsJson.of(shown);
  }

  /** What a person is told whose journal can't be opened. */
  static String unusable(Path journal, SQLException cause) {
    return "the journal "
        + journal
        + " can't be used: "
        + cause.getMessage()
        + "; put it back from a backup, or move it away to start with an empty one";
  }

  private static Saved saved(Path journal) throws IOException {
    try {
      SavedConfig saved = SavedConfig.read(journal);
      return new Saved(saved.overrides(), saved.last(), saved.highest());
    } catch (SQLException e) {
      throw new IOException(unusable(journal, e), e);
    }
  }
}
