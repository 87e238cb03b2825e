package dev.usher.gateway;

import dev.usher.gateway.cli.ConfigCheck;
import dev.usher.gateway.config.ActionsFile;
import dev.usher.gateway.config.Fitted;
import dev.usher.gateway.config.GatewaySettings;
import dev.usher.gateway.delivery.CallRules;
import dev.usher.gateway.deploy.ArtefactCopies;
import dev.usher.gateway.journal.SavedConfig;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of a configuration as a starting gateway would.
 *
 * @param environment what overrides {@code gateway.yaml} and fills in {@code ${…}}
 */
record ConfigFiles(Map<String, String> environment) implements ConfigCheck {

  @Override
  public Actions check(Path folder) throws InvalidSettings {
    List<Problem> problems = new ArrayList<>(settingsProblems(folder));
    try {
      Actions actions = ActionsFile.load(folder.resolve("actions.yaml"), environment);
      if (problems.isEmpty()) {
        return actions;
      }
    } catch (InvalidSettings e) {
      problems.addAll(e.problems());
    }
    throw new InvalidSettings(problems);
  }

  @Override
  public List<Setting> values(Path folder) throws InvalidSettings {
    List<Setting> values = new ArrayList<>(Settings.load("gateway", folder, environment).values());
    values.addAll(ActionsFile.settings(folder.resolve("actions.yaml"), environment));
    return values;
  }

  @Override
  public AtStart atStart(Path folder, Path data) throws InvalidSettings, IOException {
    Path journal =
        GatewaySettings.load(folder, environment).journal().file(data.resolve(Preparation.NAME));
    try {
      Fitted fitted =
          ActionsFile.fitted(
              folder.resolve("actions.yaml"), environment, SavedConfig.read(journal).overrides());
      return new AtStart(
          fitted.configured().actions(),
          fitted.aside().stream().map(one -> new Aside(one.action(), one.why())).toList());
    } catch (SQLException e) {
      throw new IOException(journal + " can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<Unreachable> unreachable(Path folder) throws InvalidSettings {
    CallRules rules =
        new CallRules(GatewaySettings.load(folder, environment).webhooks().isPrivateAllowed());
    Actions actions = ActionsFile.load(folder.resolve("actions.yaml"), environment);
    List<Unreachable> found = new ArrayList<>();
    for (Action action : actions.withNotices()) {
      action
          .webhook()
          .flatMap(rules::faultOf)
          .ifPresent(why -> found.add(new Unreachable(action.name(), why)));
    }
    return found;
  }

  @Override
  public List<Fileless> fileless(Path folder, Path data) throws InvalidSettings, IOException {
    Path own = data.resolve(Preparation.NAME);
    Path journal = GatewaySettings.load(folder, environment).journal().file(own);
    List<Artefact> needed =
        HandlerFiles.versions(journal).stream()
            .filter(one -> one.isInForce() || one.state() == Artefact.State.RETIRED)
            .toList();
    return ArtefactCopies.missing(needed, own.resolve(HandlerFiles.FOLDER)).stream()
        .map(ConfigFiles::fileless)
        .toList();
  }

  private static Fileless fileless(Artefact version) {
    return new Fileless(
        version.name() + " version " + version.number(),
        version.content().file(),
        version.isInForce());
  }

  private List<Problem> settingsProblems(Path folder) {
    try {
      GatewaySettings settings = GatewaySettings.load(folder, environment);
      var unused = SignupSchema.load(settings.signup());
      return List.of();
    } catch (InvalidSettings e) {
      return e.problems();
    }
  }
}
