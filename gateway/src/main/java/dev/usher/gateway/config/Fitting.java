package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.settings.InvalidSettings;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds how much of what people said over a file fits the file. Each override was sound when it was
 * made; a later edit of the file can end that, and must not keep a gateway from starting. What
 * comes into force depends on the file and the overrides only: an edit while the gateway runs leads
 * to the same actions as a restart.
 *
 * <p><b>Which one goes.</b> The older one stays where two do not fit each other. One that does not
 * fit alone may fit with a later one, so all are tried until none fits any more.
 *
 * <p><b>A pause stays</b>, whatever else its override says: attempts that were stopped on purpose
 * must not begin because of an edit elsewhere. A pause fits any file.
 */
final class Fitting {

  private final FileText text;
  private final Map<String, String> environment;
  private Overrides kept = Overrides.NONE;

  private Fitting(FileText text, Map<String, String> environment) {
    this.text = text;
    this.environment = environment;
  }

  /**
   * The file and what fits it of what was said over it.
   *
   * @throws InvalidSettings when the file is not sound, neither by itself nor with any override
   */
  static Fitted of(FileText text, Map<String, String> environment, Overrides said)
      throws InvalidSettings {
    try {
      return new Fitted(text.read(environment, said), List.of());
    } catch (InvalidSettings unfit) {
      if (said.isEmpty()) {
        throw unfit;
      }
      return new Fitting(text, environment).fit(said);
    }
  }

  private Fitted fit(Overrides said) throws InvalidSettings {
    List<ActionOverride> left = new ArrayList<>(said.all());
    left.sort(Comparator.comparing(ActionOverride::at));
    for (Optional<ActionOverride> next = next(left); next.isPresent(); next = next(left)) {
      kept = kept.with(next.get());
      left.remove(next.get());
    }
    // A file that no override makes sound is to be told by itself.
    var unused = text.read(environment, kept);
    List<Aside> aside = left.stream().flatMap(one -> problems(one).stream()).toList();
    left.stream()
        .filter(Fitting::isPause)
        .map(Fitting::pause)
        .forEach(one -> kept = kept.with(one));
    return new Fitted(text.read(environment, kept), aside);
  }

  private Optional<ActionOverride> next(List<ActionOverride> left) {
    return left.stream().filter(one -> problems(one).isEmpty()).findFirst();
  }

  /** What is wrong when this one comes to those that fit. */
  private Optional<Aside> problems(ActionOverride one) {
    try {
      var unused = text.read(environment, kept.with(one));
      return Optional.empty();
    } catch (InvalidSettings unfit) {
      return Optional.of(new Aside(one.name(), unfit.problems()));
    }
  }

  private static boolean isPause(ActionOverride one) {
    return Boolean.TRUE.equals(new JsonObject(one.body()).getValue("paused"));
  }

  private static ActionOverride pause(ActionOverride of) {
    return new ActionOverride(of.name(), "{\"paused\":true}", false, of.at(), of.token());
  }
}
