package dev.usher.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.wire.RunnerReport.Item;
import dev.usher.wire.RunnerReport.Phase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeployedHandlersTest {

  private static final HandlerVersion FIRST =
      new HandlerVersion("tips", 1, "tips.jar", "ab12", 4_711, "", Map.of(), false);
  private static final HandlerVersion SECOND =
      new HandlerVersion(
          "tips",
          2,
          "tips.py",
          "cd34",
          12,
          "signup.tips",
          Map.of("slots", "4", "key", "file:/run/key"),
          true);

  @Test
  void catalogueTravelsWhole() {
    Catalogue catalogue =
        new Catalogue(
            "gateway-1",
            7,
            List.of(
                new Catalogue.Entry(Optional.of(FIRST), Optional.of(SECOND), 10),
                new Catalogue.Entry(Optional.empty(), Optional.of(FIRST), Catalogue.WHOLE)));

    assertThat(Catalogue.fromJson(travelled(catalogue.toJson()))).isEqualTo(catalogue);
  }

  @Test
  void canaryIsAVersionBesideAnother() {
    assertThat(new Catalogue.Entry(Optional.of(FIRST), Optional.of(SECOND), 10).hasCanary())
        .isTrue();
    assertThat(
            new Catalogue.Entry(Optional.of(FIRST), Optional.of(SECOND), Catalogue.WHOLE)
                .hasCanary())
        .isFalse();
    assertThat(new Catalogue.Entry(Optional.empty(), Optional.of(SECOND), 10).hasCanary())
        .isFalse();
  }

  @Test
  void handlerHasAVersion() {
    assertThatThrownBy(() -> new Catalogue.Entry(Optional.empty(), Optional.empty(), 100))
        .hasMessageContaining("without any version");
  }

  @Test
  void reportTravelsWhole() {
    RunnerReport report =
        new RunnerReport(
            "node-1",
            "host:4711",
            "gateway-1",
            7,
            List.of(
                new Item("tips", 1, Phase.SERVING, "", List.of("signup.tips")),
                new Item("tips", 2, Phase.FAILED, "no class Tips", List.of())));

    assertThat(RunnerReport.fromJson(travelled(report.toJson()))).isEqualTo(report);
  }

  @Test
  void requestTravelsWhole() {
    ArtefactRequest request = new ArtefactRequest("ab12", 262_144);

    assertThat(ArtefactRequest.fromJson(travelled(request.toJson()))).isEqualTo(request);
  }

  private static JsonObject travelled(JsonObject json) {
    return new JsonObject(json.encode());
  }
}
