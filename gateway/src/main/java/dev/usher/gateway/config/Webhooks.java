package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Webhook;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import dev.usher.settings.Settings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The webhooks of {@code actions.yaml}. */
final class Webhooks {

  private static final String SECRETS = "secrets";

  private Webhooks() {}

  /** The webhook of an action, if it has one; its faults are known to be none. */
  static Optional<Webhook> find(Settings settings, String action) {
    return settings
        .find(action + ".webhook")
        .map(url -> new Webhook(URI.create(url), settings.secrets(action + "." + SECRETS)));
  }

  /** What is wrong with webhooks though each value by itself looks right. */
  static List<Problem> faults(Settings settings) {
    List<Problem> faults = new ArrayList<>();
    for (String name : settings.names("actions")) {
      String key = "actions." + name;
      try {
        var unused = find(settings, key);
      } catch (IllegalArgumentException e) {
        String place = settings.place(key + ".webhook");
        faults.add(new Problem(place, key + ".webhook", String.valueOf(e.getMessage())));
      }
    }
    return faults;
  }

  /**
   * An order's own text is kept in the journal, its backups and the audit: no place for a secret.
   *
   * @throws InvalidSettings when it has one
   */
  static void mustNameFilesOnly(OverrideOrder order) throws InvalidSettings {
    JsonObject body = order.body();
    Object secrets = body.getValue(SECRETS);
    List<?> items = secrets instanceof JsonArray several ? several.getList() : textOf(secrets);
    if (items.stream().allMatch(item -> String.valueOf(item).startsWith("file:"))) {
      return;
    }
    throw new InvalidSettings(
        List.of(
            new Problem(
                Overrides.nameOf(order.action()) + "/" + SECRETS,
                "actions." + order.action() + "." + SECRETS,
                "a secret would be kept in the journal and the audit; write it to a file that the"
                    + " gateway can read, and here [ \"file:/its/path\" ]")));
  }

  private static List<?> textOf(@Nullable Object value) {
    return value == null ? List.of() : List.of(value);
  }
}
