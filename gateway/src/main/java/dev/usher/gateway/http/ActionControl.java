package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import io.vertx.core.Future;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The configuration of the actions, to see and to change; handed in by who knows it. */
public interface ActionControl {

  /** What is in force, and why. */
  Now now();

  /**
   * Changes an action over the file. Completes once that is durable and in force; fails with {@link
   * InvalidSettings}, {@link NoSuchElementException} or {@link
   * dev.usher.gateway.pipeline.JournalUnavailable}, and then nothing changed.
   */
  Future<Now> change(Order order);

  /** The ways to change an action. */
  enum Deed {
    /** The body is the whole action. */
    PUT,
    /** The body's keys change. */
    PATCH,
    /** The file says again what the action is. */
    RESET
  }

  /**
   * What is to be changed.
   *
   * @param deed how
   * @param action the action's name
   * @param body a JSON object in the form of the file; empty for a reset
   * @param token name of the token it is done with
   * @param reason why, for the audit
   */
  record Order(Deed deed, String action, String body, String token, String reason) {}

  /**
   * The configuration at one moment.
   *
   * @param revision grows with each configuration
   * @param problems why the file as it stands is not in force; empty when it is
   * @param settings every setting of the actions; keys begin with {@code actions.}
   * @param shadowed what the file says in vain
   * @param overrides what people said over the file
   * @param dormant overrides of actions that the file no longer has
   * @param aside overrides that don't fit the file and are not applied
   */
  record Now(
      long revision,
      List<String> problems,
      List<Setting> settings,
      List<Setting> shadowed,
      List<ActionOverride> overrides,
      List<String> dormant,
      List<Aside> aside) {

    Optional<ActionOverride> override(String action) {
      return overrides.stream().filter(one -> one.name().equals(action)).findFirst();
    }
  }

  /**
   * An override that does not fit the file.
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
