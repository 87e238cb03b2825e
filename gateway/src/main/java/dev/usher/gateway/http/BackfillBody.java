package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Backfill;
import dev.usher.gateway.pipeline.Lacking;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** For which past signups an action is to be planned; throws {@link Refused} naming every fault. */
final class BackfillBody {

  private static final Set<String> FIELDS =
      Set.of("since", "until", "all", "dryRun", "rate", "reason", "limit", "after");

  private BackfillBody() {}

  /**
   * Reads the order.
   *
   * @param key the payload key that asks for the action
   */
  static Backfill.Order read(String action, String key, byte[] bytes, String token) {
    OrderFields fields = new OrderFields(bytes, FIELDS);
    Optional<Instant> since = fields.instant("since");
    if (!fields.has("since")) {
      fields.fault("since", "is required: signups accepted at or after this time are meant");
    }
    Backfill.Order order =
        new Backfill.Order(
            new Lacking(
                action,
                fields.flag("all") ? Optional.empty() : Optional.of(key),
                since.orElse(Instant.EPOCH),
                fields.instant("until")),
            after(fields),
            fields.flag("dryRun"),
            fields.pace(),
            token,
            fields.reason());
    fields.refuseFaults();
    return order;
  }

  private static long after(OrderFields fields) {
    Optional<String> after = fields.text("after");
    Optional<Long> position = after.flatMap(Cursor::read);
    if (after.isPresent() && position.isEmpty()) {
      fields.fault("after", Cursor.FAULT);
    }
    return position.orElse(0L);
  }
}
