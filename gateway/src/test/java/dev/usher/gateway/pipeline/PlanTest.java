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

  @Test
  void whatComesAfterAnotherOneIsHeldOnlyWhereThatOneIsOwedToo() {
    Action tips = Rig.after(action("crm", false), "tips", Duration.ofDays(3));
    Action mail = action("mail", true);
    Action crm = action("crm", false);

    Plan.Item held = item(plan(Set.of("tips", "crm"), tips, mail, crm));
    Plan.Item delayed = item(plan(Set.of("tips"), tips, mail, crm));

    assertThat(held.hold()).contains(new Hold("crm", Duration.ofDays(3)));
    assertThat(held.delivery().lane()).isEqualTo(Lane.HELD);
    assertThat(delayed.hold()).isEmpty();
    assertThat(delayed.delivery().lane()).isEqualTo(Lane.DELAYED);
  }

  private static Plan.Item item(Plan plan) {
    return plan.items().stream()
        .filter(item -> item.delivery().action().equals("tips"))
        .findFirst()
        .orElseThrow();
  }

  private static Plan plan(Set<String> keys, Action... actions) {
    return Plan.of(SIGNUP, new Actions(List.of(actions)), keys::contains);
  }

  private static Action action(String name, boolean required) {
    return new Action(name, required, name, "signup." + name, Duration.ZERO, AttemptPolicy.DEFAULT);
  }
}
