package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Signup SIGNUP =
      new Signup(1, "signup_1", NOW, "{}".getBytes(StandardCharsets.UTF_8));

  @Test
  void requiredActionsAreAlwaysOwedAndStandFirst() {
    assertThat(plan(Set.of("crm"), action("crm", false), action("mail", true)).deliveries())
        .extracting(Delivery::action)
        .containsExactly("mail", "crm");
  }

  @Test
  void optionalActionsAreOwedOnlyWithTheirKey() {
    assertThat(plan(Set.of(), action("crm", false), action("mail", true)).deliveries())
        .extracting(Delivery::action)
        .containsExactly("mail");
  }

  @Test
  void withoutADelayADeliveryIsFreshAndDueAtOnce() {
    Delivery delivery = plan(Set.of(), action("mail", true)).deliveries().get(0);
    assertThat(delivery.lane()).isEqualTo(Lane.FRESH);
    assertThat(delivery.due()).isBefore(NOW);
  }

  @Test
  void aDelayCountsFromAcceptance() {
    Action tips =
        new Action("tips", true, "tips", "signup.tips", Duration.ofDays(3), AttemptPolicy.DEFAULT);
    Delivery delivery = plan(Set.of(), tips).deliveries().get(0);
    assertThat(delivery.lane()).isEqualTo(Lane.DELAYED);
    assertThat(delivery.due()).isEqualTo(NOW.plus(Duration.ofDays(3)));
  }

  private static Plan plan(Set<String> keys, Action... actions) {
    return Plan.of(SIGNUP, new Actions(List.of(actions)), keys::contains);
  }

  private static Action action(String name, boolean required) {
    return new Action(name, required, name, "signup." + name, Duration.ZERO, AttemptPolicy.DEFAULT);
  }
}
