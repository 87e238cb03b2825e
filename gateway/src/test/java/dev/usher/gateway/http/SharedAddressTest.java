package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.HandlerStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedAddressTest {

  private static final String AT = "signup.crm";

  @Test
  void whoeverServesAnAddressAlreadyIsNamedOnce() {
    assertThat(
            warnings(
                kit("old", "old#3", AT),
                kit("crm-py", "", AT),
                kit("crm-py", "", AT),
                kit("mine", "mine#0", AT)))
        .containsExactly(
            "signup.crm is served by crm-py (started by hand), mine (from a runner's folder), old"
                + " (deployed) already: they and crm share its deliveries, each goes to one of"
                + " them");
  }

  @Test
  void otherVersionsOfTheSameHandlerAreNoOthers() {
    assertThat(warnings(kit("any", "crm#1", AT), kit("any", "crm#2", AT))).isEmpty();
  }

  @Test
  void whatServesElsewhereOrGoesIsNoMatter() {
    HandlerStatus draining =
        new HandlerStatus("i", "old", true, AT, "n", "1", "", "java", 8, 0, "draining");

    assertThat(warnings(kit("old", "", "signup.mail"), draining)).isEmpty();
  }

  private static List<String> warnings(HandlerStatus... handlers) {
    return SharedAddress.warnings("crm", List.of(AT), List.of(handlers));
  }

  private static HandlerStatus kit(String handler, String deployment, String address) {
    return new HandlerStatus("i", handler, true, address, "n", "1", deployment, "java", 8, 0, "up");
  }
}
