package dev.usher.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.conformance.Trial.Sent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a handler does while everything runs; examined all at once. */
final class EverydayCases {

  /** In the order of the table. */
  static final List<Case> ALL =
      List.of(
          new Case("success", EverydayCases::success),
          new Case("result", EverydayCases::result),
          new Case("reject", EverydayCases::reject),
          new Case("retry", EverydayCases::retry),
          new Case("retry-after", EverydayCases::retryAfter),
          new Case("duplicate", EverydayCases::duplicate),
          new Case("slow", EverydayCases::slow),
          new Case("concurrent", EverydayCases::concurrent),
          new Case("unicode", EverydayCases::unicode),
          new Case("64-KiB-payload", EverydayCases::longPayload));

  /** What the gateway takes. */
  private static final int LONGEST_PAYLOAD = 64 << 10;

  private static final int SLOW_MS = 1_000;
  private static final int AT_ONCE = 8;

  /** A quarter of what one after the other would take, and four times what all at once does. */
  private static final Duration AT_ONCE_LIMIT = Duration.ofMillis(SLOW_MS * AT_ONCE / 2);

  /** Two and a half time-outs of the impatient action: it ends in the middle of an attempt. */
  private static final int VERY_SLOW_MS = 1_250;

  private static final int WAIT_SECONDS = 1;

  private EverydayCases() {}

  private static void success(Trial trial) {
    trial.ended(trial.send(Asked.to("succeed"))).mustSucceed().mustEndBy("succeeded");
  }

  private static void result(Trial trial) {
    ObjectNode value = Json.object().put("number", 42).put("isNew", true);
    value.putArray("lists").add("news").addNull();
    trial.ended(trial.send(Asked.toReturn(value))).mustResultIn(value);
  }

  private static void reject(Trial trial) {
    Delivery delivery = trial.ended(trial.send(Asked.to("reject"))).mustEndBy("rejected");
    delivery.must(delivery.state().equals("dead"), "it should be a dead letter");
  }

  private static void retry(Trial trial) {
    trial.ended(trial.send(Asked.to("fail"))).mustSucceed().mustEndBy("failed", "succeeded");
  }

  private static void retryAfter(Trial trial) {
    Delivery delivery =
        trial
            .ended(trial.send(Asked.to("retry-later").put("seconds", WAIT_SECONDS)))
            .mustSucceed()
            .mustEndBy("failed", "succeeded");
    Duration waited = Duration.between(delivery.started(1), delivery.started(2));
    delivery.must(
        waited.compareTo(Duration.ofSeconds(WAIT_SECONDS)) >= 0,
        "the second attempt should have come after a second, not after "
            + waited.toMillis()
            + " ms");
  }

  /** The second attempt comes while the first still runs. */
  private static void duplicate(Trial trial) {
    Delivery delivery = trial.ended(trial.sendImpatiently(Asked.toWait(VERY_SLOW_MS)));
    delivery
        .mustResultIn(Asked.BEGUN_ONCE)
        .must(delivery.outcomes().contains("timed-out"), "an attempt should have timed out");
  }

  private static void slow(Trial trial) {
    trial
        .ended(trial.send(Asked.toWait(SLOW_MS)))
        .mustEndBy("succeeded")
        .mustResultIn(Asked.BEGUN_ONCE);
  }

  private static void concurrent(Trial trial) {
    List<Sent> sent =
        Stream.generate(() -> trial.send(Asked.toWait(SLOW_MS))).limit(AT_ONCE).toList();
    List<Delivery> ended = sent.stream().map(trial::ended).toList();
    for (Delivery delivery : ended) {
      Duration took = Duration.between(ended.get(0).started(1), delivery.ended());
      delivery
          .mustResultIn(Asked.BEGUN_ONCE)
          .must(
              took.compareTo(AT_ONCE_LIMIT) < 0,
              AT_ONCE + " at once should not take " + took.toMillis() + " ms");
    }
  }

  private static void unicode(Trial trial) {
    ObjectNode value = Json.object().put("text", "Zoë 日本 \uD83D\uDE00 \u202E \" \\ \u0001 \u2028");
    trial.ended(trial.send(Asked.toReturn(value))).mustResultIn(value);
  }

  private static void longPayload(Trial trial) {
    ObjectNode asked = Asked.to("measure");
    int room = LONGEST_PAYLOAD - bytes(trial, asked);
    String padding = "x".repeat(room);
    trial
        .ended(trial.sendLong(asked, padding))
        .mustResultIn(Json.object().put("length", padding.length()));
  }

  private static int bytes(Trial trial, ObjectNode asked) {
    ObjectNode empty = Json.object().put("padding", "");
    return trial
        .payload(trial.subject().action(), empty, asked)
        .toString()
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }
}
