package dev.usher.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Retry;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ActionsWatchIT {

  private static final String OPTIONAL = "actions: { crm: { address: signup.crm } }\n";
  private static final String REQUIRED =
      "actions: { crm: { address: signup.crm, required: true } }\n";
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String BROKEN = "actions: { crm: { adress: signup.crm } }\n";

  private final Logger logger = (Logger) LoggerFactory.getLogger(ActionsWatch.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Change.Configure> kept = new CopyOnWriteArrayList<>();
  private final List<InForce> changes = new ArrayList<>();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    log.start();
    logger.addAppender(log);
    file = folder.resolve("actions.yaml");
    write(OPTIONAL);
  }

  @AfterEach
  void end() {
    logger.detachAppender(log);
  }

  @Test
  void aChangeIsInForceOnceItWasReadTwice() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      write(REQUIRED);
      watch.look();
      assertThat(isRequired(watch)).isFalse();

      watch.look();
      assertThat(isRequired(watch)).isTrue();
      assertThat(watch.revision()).isEqualTo(2);
      assertThat(changes).containsExactly(watch.inForce());
      assertThat(logged(Level.INFO)).contains("~ crm: optional → required");

      look(watch, 3);
      assertThat(changes).as("an unchanged file").hasSize(1);
    }
  }

  @Test
  void aFileCaughtHalfWrittenChangesNothing() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      write("");
      watch.look();
      write("actions:\n");
      watch.look();
      write(REQUIRED);
      look(watch, 2);

      assertThat(isRequired(watch)).isTrue();
      assertThat(logged(Level.WARN)).isEmpty();
    }
  }

  @Test
  void aBrokenFileIsToldOnceAndTheLastGoodOneStays() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      write(BROKEN);
      look(watch, 5);

      assertThat(isRequired(watch)).isFalse();
      assertThat(watch.revision()).isEqualTo(1);
      assertThat(watch.problems())
          .extracting(Object::toString)
          .containsExactly(
              file
                  + ":1:17 actions.crm.address: is missing; write signup.email (no spaces, no @,"
                  + " not beginning with usher.), or else webhook",
              file
                  + ":1:19 actions.crm.adress: is not a setting; did you mean"
                  + " actions.crm.address?");
      assertThat(logged(Level.WARN)).hasSize(3).last().asString().endsWith("revision 1 stays");

      write(REQUIRED);
      look(watch, 2);
      assertThat(watch.problems()).isEmpty();
      assertThat(watch.revision()).isEqualTo(2);
    }
  }

  @Test
  void goingBackToTheFileInForceOnlyEndsTheProblem() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      write(BROKEN);
      look(watch, 2);
      write(OPTIONAL);
      look(watch, 2);

      assertThat(watch.problems()).isEmpty();
      assertThat(watch.revision()).isEqualTo(1);
      assertThat(changes).isEmpty();
    }
  }

  @Test
  void aDeletedFileIsAProblemAndTheOldOneStays() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      Files.delete(file);
      look(watch, 4);

      assertThat(watch.actions().find("crm")).isPresent();
      assertThat(watch.problems()).singleElement().asString().contains("there is no such file");
      assertThat(logged(Level.WARN)).hasSize(2);
    }
  }

  @Test
  void aSymbolicLinkThatWasSwappedIsNoticed() throws Exception {
    Path one = Files.writeString(folder.resolve("one.yaml"), OPTIONAL);
    Path two = Files.writeString(folder.resolve("two.yaml"), REQUIRED);
    Files.delete(file);
    Files.createSymbolicLink(file, one);
    try (ActionsWatch watch = watch(changes::add)) {
      Files.delete(file);
      Files.createSymbolicLink(file, two);
      look(watch, 2);

      assertThat(isRequired(watch)).isTrue();
    }
  }

  @Test
  void whatCanNotBePutInForceIsAProblem() throws Exception {
    Consumer<InForce> refuses =
        actions -> {
          throw new IllegalStateException("no");
        };
    try (ActionsWatch watch = watch(refuses)) {
      write(REQUIRED);
      look(watch, 2);

      assertThat(isRequired(watch)).isFalse();
      assertThat(watch.revision()).isEqualTo(1);
      assertThat(watch.problems())
          .singleElement()
          .asString()
          .endsWith("could not be put in force: java.lang.IllegalStateException: no");
    }
  }

  @Test
  void anEditThatAnOverrideShadowsIsToldAndChangesNothing() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      order(watch, OverrideOrder.Deed.PATCH, new JsonObject().put("required", false));
      write(REQUIRED);
      look(watch, 2);

      assertThat(isRequired(watch)).isFalse();
      assertThat(watch.inForce().configured().shadowed())
          .extracting(Setting::key, Setting::value)
          .containsExactly(tuple("actions.crm.required", "true"));
      assertThat(logged(Level.WARN))
          .singleElement()
          .asString()
          .startsWith(file + ":1:50 actions.crm.required: true has no effect")
          .asString()
          .endsWith("usher actions reset crm");

      order(watch, OverrideOrder.Deed.RESET, new JsonObject());
      assertThat(isRequired(watch)).isTrue();
      assertThat(watch.inForce().configured().shadowed()).isEmpty();
    }
  }

  @Test
  void anOverrideThatAnEditDoesNotFitIsPutAsideUntilItFitsAgain() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      order(
          watch,
          OverrideOrder.Deed.PATCH,
          new JsonObject().put("retry", new JsonObject().put("first", "10m")));
      write("actions: { crm: { address: signup.crm, retry: { max: 1m } } }\n");
      look(watch, 2);
      assertThat(watch.problems()).isEmpty();
      assertThat(watch.inForce().aside()).extracting(Aside::action).containsExactly("crm");
      assertThat(retry(watch).max()).isEqualTo(Duration.ofMinutes(1));
      assertThat(logged(Level.ERROR))
          .singleElement()
          .asString()
          .startsWith("the override of crm is put aside")
          .endsWith("usher actions reset crm");

      write("actions: { crm: { address: signup.crm, retry: { max: 20m } } }\n");
      look(watch, 2);
      assertThat(watch.inForce().aside()).isEmpty();
      assertThat(retry(watch).first()).isEqualTo(Duration.ofMinutes(10));
      assertThat(logged(Level.INFO)).contains("the override of crm fits again and is in force");
    }
  }

  @Test
  void anOrderPutsNoOverrideAside() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      JsonObject list = new JsonObject().put("address", "signup.list");
      order(watch, "list", OverrideOrder.Deed.PUT, list);
      order(watch, OverrideOrder.Deed.PATCH, new JsonObject().put("after", "list"));

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> order(watch, "list", OverrideOrder.Deed.RESET, new JsonObject()))
          .withCauseInstanceOf(InvalidSettings.class)
          .withMessageContaining("there is no action \"list\"");
      assertThat(watch.actions().find("list")).isPresent();
    }
  }

  @Test
  void aChangeThatCanNotBeRecordedIsNotInForceUntilItCan() throws Exception {
    AtomicBoolean isDown = new AtomicBoolean(true);
    ConfigRecord journal =
        change -> {
          if (isDown.get()) {
            throw new IOException("disk full");
          }
        };
    try (ActionsWatch watch =
        new ActionsWatch(file, Map.of(), Saved.NOTHING, journal, changes::add)) {
      write(REQUIRED);
      look(watch, 4);
      assertThat(isRequired(watch)).isFalse();
      assertThat(logged(Level.WARN)).singleElement().asString().contains("disk full");

      isDown.set(false);
      look(watch, 1);
      assertThat(isRequired(watch)).isTrue();
    }
  }

  @Test
  void anEditThatSaysTheSameIsNoNewRevision() throws Exception {
    try (ActionsWatch watch = watch(changes::add)) {
      write("# now with a comment\n" + OPTIONAL);
      look(watch, 2);

      assertThat(watch.revision()).isEqualTo(1);
      assertThat(kept).isEmpty();
    }
  }

  @Test
  void changedPathAndSecretOfAWebhookAreToldWithoutShowingThem() throws Exception {
    write(webhook("/old", OLD));
    try (ActionsWatch watch = watch(changes::add)) {
      write(webhook("/new", NEW + ", " + OLD));
      look(watch, 2);

      assertThat(watch.actions().find("crm").flatMap(Action::webhook).orElseThrow().secrets())
          .containsExactly(NEW, OLD);
      assertThat(logged(Level.INFO))
          .contains("~ crm: another path of its webhook", "~ crm: other secrets (2)");
      assertThat(String.join("\n", logged(Level.INFO))).doesNotContain("whsec_", "/new");
      assertThat(kept).singleElement().asString().doesNotContain("whsec_");
      assertThat(watch.inForce().configured().settings().toString()).doesNotContain("whsec_");
    }
  }

  @Test
  void anOrderNamesSecretsAsFilesOnly() throws Exception {
    Path secret = Files.writeString(folder.resolve("crm.secret"), NEW);
    JsonObject body = new JsonObject().put("webhook", "https://example.com/a");
    try (ActionsWatch watch = watch(changes::add)) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(
              () ->
                  order(
                      watch,
                      OverrideOrder.Deed.PUT,
                      body.copy().put("secrets", new JsonArray().add(OLD))))
          .havingCause()
          .withMessage(
              "override:crm/secrets actions.crm.secrets: a secret would be kept in the journal and"
                  + " the audit; write it to a file that the gateway can read, and here"
                  + " [ \"file:/its/path\" ]");
      assertThat(kept).isEmpty();

      order(
          watch,
          OverrideOrder.Deed.PUT,
          body.copy().put("secrets", new JsonArray().add("file:" + secret)));
      assertThat(watch.actions().find("crm").flatMap(Action::webhook).orElseThrow().secrets())
          .containsExactly(NEW);
      assertThat(kept.toString()).doesNotContain("whsec_");
    }
  }

  private static String webhook(String path, String secrets) {
    return "actions: { crm: { webhook: \"https://example.com"
        + path
        + "\", secrets: [ "
        + secrets
        + " ] } }\n";
  }

  @Test
  void theFirstFileMustBeGood() throws IOException {
    write(BROKEN);

    assertThatExceptionOfType(InvalidSettings.class).isThrownBy(() -> watch(changes::add));
  }

  @Test
  void aStartedWatchLooksByItself() throws Exception {
    CompletableFuture<InForce> changed = new CompletableFuture<>();
    try (ActionsWatch watch =
        ActionsWatch.start(file, Map.of(), Saved.NOTHING, kept::add, changed::complete)) {
      write(REQUIRED);

      assertThat(changed.get(10, TimeUnit.SECONDS).actions().find("crm").map(Action::required))
          .contains(true);
      assertThat(watch.revision()).isEqualTo(2);
    }
  }

  private ActionsWatch watch(Consumer<InForce> onChange) throws InvalidSettings {
    return new ActionsWatch(file, Map.of(), Saved.NOTHING, kept::add, onChange);
  }

  private static void order(ActionsWatch watch, OverrideOrder.Deed deed, JsonObject body)
      throws Exception {
    order(watch, "crm", deed, body);
  }

  private static void order(
      ActionsWatch watch, String action, OverrideOrder.Deed deed, JsonObject body)
      throws Exception {
    var unused =
        watch.carryOut(new OverrideOrder(deed, action, body, "anna", "")).get(10, TimeUnit.SECONDS);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private List<String> logged(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static void look(ActionsWatch watch, int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  private static Retry retry(ActionsWatch watch) {
    return watch.actions().find("crm").orElseThrow().retry();
  }

  private static boolean isRequired(ActionsWatch watch) {
    return watch.actions().find("crm").orElseThrow().required();
  }
}
