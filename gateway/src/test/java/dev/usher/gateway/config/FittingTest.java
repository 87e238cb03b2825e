package dev.usher.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.settings.InvalidSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FittingTest {

  private static final String FILE =
      """
      actions:
        mail: { address: signup.mail }
        tips: { address: signup.tips, after: mail }
      """;

  @Test
  void whatFitsIsAppliedAndOnlyWhatDoesNotIsPutAside() throws Exception {
    Fitted fitted =
        fit(FILE, said("tips", "{\"required\":true}", 1), said("mail", "{\"concurrency\":3}", 2));

    assertThat(action(fitted, "mail").concurrency()).isEqualTo(3);
    assertThat(action(fitted, "tips").required()).isFalse();
    assertThat(fitted.aside())
        .singleElement()
        .satisfies(
            aside -> {
              assertThat(aside.action()).isEqualTo("tips");
              assertThat(aside.why()).contains("it is required, but \"mail\" is optional");
            });
  }

  @Test
  void whatFitsOnlyWithALaterOneIsNotPutAside() throws Exception {
    Fitted fitted =
        fit(
            FILE + "  bad: { address: a b }\n",
            said("tips", "{\"required\":true}", 1),
            said("mail", "{\"required\":true}", 2),
            said("bad", "{\"address\":\"signup.good\"}", 3),
            said("mail2", "{\"after\":\"gone\"}", true, 4));

    assertThat(action(fitted, "tips").required()).isTrue();
    assertThat(action(fitted, "bad").address()).isEqualTo("signup.good");
    assertThat(fitted.aside()).extracting(Aside::action).containsExactly("mail2");
  }

  @Test
  void theOlderOneStaysWhereTwoDoNotFitEachOther() throws Exception {
    Fitted fitted =
        fit(
            FILE.replace(", after: mail", ""),
            said("tips", "{\"after\":\"mail\"}", 2),
            said("mail", "{\"after\":\"tips\"}", 1));

    assertThat(action(fitted, "mail").after()).contains("tips");
    assertThat(fitted.aside()).extracting(Aside::action).containsExactly("tips");
  }

  @Test
  void aPauseStaysWhateverElseIsPutAside() throws Exception {
    Fitted fitted =
        fit(
            FILE,
            said("tips", "{\"required\":true,\"paused\":true}", 1),
            said(
                "crm", "{\"address\":\"signup.crm\",\"after\":\"gone\",\"paused\":true}", true, 2));

    assertThat(action(fitted, "tips").policy().isPaused()).isTrue();
    assertThat(action(fitted, "tips").required()).isFalse();
    assertThat(fitted.configured().actions().find("crm")).isEmpty();
    assertThat(fitted.aside()).extracting(Aside::action).containsExactly("tips", "crm");
  }

  @Test
  void aFileThatNoOverrideMakesSoundIsToldByItself() {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> fit("actions: { mail: {} }\n", said("mail", "{\"timeout\":\"soon\"}", 1)))
        .satisfies(
            faults ->
                assertThat(faults.problems())
                    .singleElement()
                    .asString()
                    .startsWith("actions.yaml:1:18 actions.mail.address: is missing"));
  }

  private static Fitted fit(String file, ActionOverride... said) throws InvalidSettings {
    FileText text = new FileText(Path.of("actions.yaml"), file, List.of());
    return Fitting.of(text, Map.of(), Overrides.of(List.of(said)));
  }

  private static ActionOverride said(String action, String body, long second) {
    return said(action, body, false, second);
  }

  private static ActionOverride said(String action, String body, boolean isWhole, long second) {
    return new ActionOverride(action, body, isWhole, Instant.ofEpochSecond(second), "anna");
  }

  private static Action action(Fitted fitted, String name) {
    return fitted.configured().actions().find(name).orElseThrow();
  }
}
