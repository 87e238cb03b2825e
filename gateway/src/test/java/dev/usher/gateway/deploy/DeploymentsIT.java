package dev.usher.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import dev.usher.gateway.LoopOf;
import dev.usher.gateway.journal.CommitListener;
import dev.usher.gateway.journal.SqliteJournal;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.DeployRefused;
import dev.usher.wire.Addresses;
import dev.usher.wire.ArtefactRequest;
import dev.usher.wire.Catalogue;
import dev.usher.wire.HandlerVersion;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway's side of hot deployment on a real journal and a real bus; the runner is scripted.
 */
class DeploymentsIT {

  private static final long PATIENCE_SECONDS = 30;

  private static ClusterMember member;

  @TempDir private Path folder;
  private LoopOf loop;
  private SqliteJournal journal;
  private Deployments deployments;
  private ScriptedRunner runner;
  private final AtomicReference<Catalogue> told = new AtomicReference<>();

  @BeforeAll
  static void join() throws Exception {
    ClusterSettings settings =
        new ClusterSettings(
            "deployments-it-" + UUID.randomUUID(),
            "127.0.0.1",
            new PortRange(0, 0),
            List.of("127.0.0.1:1"),
            Optional.empty(),
            0);
    member = await(ClusterMember.join(settings, "test", new VertxOptions()));
  }

  @AfterAll
  static void leave() throws Exception {
    await(member.leave());
  }

  @BeforeEach
  void open() throws Exception {
    loop = new LoopOf(member.vertx());
    journal = SqliteJournal.open(folder.resolve("journal.db"), 0, loop, new Quiet());
    deployments = new Deployments(member, loop, journal::write, folder.resolve("artefacts"));
    deployments.onCatalogue(told::set);
    await(deployments.start(await(journal.artefacts())));
    // As if every runner had had its time to be heard.
    loop.skip(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() throws Exception {
    if (runner != null) {
      await(runner.silence());
    }
    await(deployments.stop());
    journal.close();
  }

  @Test
  void aVersionServesOnceTheRunnersSaySo() throws Exception {
    startRunner();
    Deployments.Deployed deployed = deploy("one");

    assertThat(deployed.version().number()).isEqualTo(1);
    assertThat(deployed.version().state()).isEqualTo(Artefact.State.NEXT);
    assertThat(deployed.isNew()).isTrue();
    until("1 current");
    assertThat(await(runner.fetch(deployed.version().content().checksum())).toString())
        .isEqualTo("one");
    assertThat(audit())
        .containsExactly(
            "anna deploy crm version 1 sha256:" + deployed.version().content().checksum());
  }

  @Test
  void aLongFileIsFetchedPieceByPieceAndAnUnknownOneIsNotThere() throws Exception {
    startRunner();
    String text = "x".repeat(ArtefactRequest.PIECE_BYTES * 2 + 1);
    Artefact version = deploy(text).version();
    until("1 current");

    assertThat(await(runner.fetch(version.content().checksum())).toString()).isEqualTo(text);
    Future<?> unknown =
        member
            .vertx()
            .eventBus()
            .request(
                Addresses.artefacts(member.nodeId()),
                new ArtefactRequest("0".repeat(64), 0).toJson());
    assertThatThrownBy(() -> await(unknown))
        .hasCauseInstanceOf(ReplyException.class)
        .satisfies(e -> assertThat(((ReplyException) e.getCause()).failureCode()).isEqualTo(404));
  }

  @Test
  void withoutARunnerItWaitsForOneAndSaysSo() throws Exception {
    assertThat(deploy("one").runners()).isZero();
    loop.skip(Duration.ofMinutes(10));
    assertThat(states()).containsExactly("1 next");

    startRunner();

    until("1 current");
  }

  @Test
  void aVersionThatDoesNotStartLeavesTheOneBefore() throws Exception {
    startRunner();
    deploy("one");
    until("1 current");
    runner.fails("crm#2", "IllegalStateException: no api.url");
    deploy("two");

    until("1 current", "2 failed");
    assertThat(versions().get(1).why()).isEqualTo("runner-1: IllegalStateException: no api.url");
    untilCatalogue("crm#1", "");
  }

  @Test
  void theSameContentIsNotDeployedTwice() throws Exception {
    startRunner();
    deploy("one");
    until("1 current");

    Deployments.Deployed again = deploy("one");

    assertThat(again.isNew()).isFalse();
    assertThat(again.version().number()).isEqualTo(1);
    eventually(() -> files() == 1);
  }

  @Test
  void aFileThatWasLostIsBroughtBackByDeployingItAgain() throws Exception {
    String checksum = deploy("one").version().content().checksum();
    Path file = folder.resolve("artefacts").resolve(checksum);
    Files.delete(file);

    assertThat(deploy("one").isNew()).isFalse();

    assertThat(file).hasContent("one");
  }

  @Test
  void aCanaryRunsBesideUntilItIsPromoted() throws Exception {
    startRunner();
    deploy("one");
    until("1 current");
    deploy("two", 10);

    until("1 current", "2 canary");
    untilCatalogue("crm#1", "crm#2");
    assertThat(runner.catalogue().handlers().get(0).share()).isEqualTo(10);
    assertThat(told.get()).as("what the gateway itself goes by").isEqualTo(runner.catalogue());
    await(deployments.promote("crm", "anna"));

    until("1 retired", "2 current");
    assertThat(audit().get(0)).startsWith("anna promote crm version 2");
    untilCatalogue("crm#2", "");
  }

  @Test
  void aRollbackBringsBackTheVersionBeforeUnderItsNumber() throws Exception {
    startRunner();
    deploy("one");
    until("1 current");
    deploy("two");
    until("1 retired", "2 current");

    await(deployments.rollback("crm", "anna"));

    until("1 current", "2 undeployed");
    assertThat(audit().get(0)).startsWith("anna rollback crm version 1");
  }

  @Test
  void nothingOfAnUndeployedHandlerIsInTheCatalogue() throws Exception {
    startRunner();
    deploy("one");
    until("1 current");

    await(deployments.undeploy("crm", "anna"));

    assertThat(states()).containsExactly("1 undeployed");
    eventually(() -> runner.catalogue().handlers().isEmpty());
    assertThatThrownBy(() -> await(deployments.undeploy("none", "anna")))
        .hasCauseInstanceOf(DeployRefused.class);
  }

  @Test
  void aRestartedGatewayGoesOnFromTheJournal() throws Exception {
    deploy("one");
    await(deployments.stop());
    journal.close();
    Files.writeString(folder.resolve("artefacts").resolve("f".repeat(64)), "nobody's");
    open();
    assertThat(states()).containsExactly("1 next");
    assertThat(files()).as("without the one that no row names").isEqualTo(1);

    startRunner();

    until("1 current");
  }

  @Test
  void aJarThatIsNoneIsRefusedAndLeavesNothing() throws Exception {
    assertThatThrownBy(() -> deploy(order("crm.jar", Artefact.WHOLE, Optional.empty()), "text"))
        .hasCauseInstanceOf(DeployRefused.class)
        .hasMessageContaining("crm.jar is not a whole jar");
    assertThatThrownBy(() -> deploy(order("a.py", Artefact.WHOLE, Optional.of("ab")), "text"))
        .hasMessageContaining("not the one said beside it");
    assertThatThrownBy(() -> deploy(order("a.py", Artefact.WHOLE, Optional.empty()), ""))
        .hasMessageContaining("the file is empty");

    assertThat(states()).isEmpty();
    eventually(() -> files() == 0);
  }

  @Test
  void logsComeFromTheRunnersThatAreThere() throws Exception {
    startRunner();
    deploy("one");
    until("1 current");

    RunnerLogs logs = await(deployments.logs("crm", 5));

    assertThat(logs.lines())
        .containsExactly(
            new RunnerLogs.Line(
                "2026-01-31T12:00:00Z",
                "runner-1",
                1,
                "INFO",
                "of {\"name\":\"crm\",\"lines\":5}"));
    assertThatThrownBy(() -> await(deployments.logs("none", 5))).hasMessageContaining("no handler");
  }

  private void startRunner() throws Exception {
    runner = new ScriptedRunner(member);
    await(runner.ready());
  }

  private Deployments.Deployed deploy(String text) throws Exception {
    return deploy(text, Artefact.WHOLE);
  }

  private Deployments.Deployed deploy(String text, int share) throws Exception {
    return deploy(order("crm.py", share, Optional.empty()), text);
  }

  private Deployments.Deployed deploy(DeployOrder order, String text) throws Exception {
    Path file = await(deployments.room());
    Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    return await(deployments.deploy(order, file));
  }

  private static DeployOrder order(String file, int share, Optional<String> checksum) {
    return new DeployOrder("crm", file, "", Map.of(), false, share, checksum, "anna");
  }

  private List<Artefact> versions() throws Exception {
    return await(deployments.standing()).versions();
  }

  private List<String> states() throws Exception {
    return versions().stream().map(one -> one.number() + " " + one.state().word()).toList();
  }

  private List<String> audit() throws Exception {
    AuditEntry.Filter all =
        new AuditEntry.Filter(Optional.empty(), Optional.empty(), Optional.empty());
    return await(journal.audit(all, Long.MAX_VALUE, 9)).stream()
        .map(one -> one.token() + " " + one.verb() + " " + one.detail())
        .toList();
  }

  private long files() {
    try (Stream<Path> files = Files.list(folder.resolve("artefacts"))) {
      return files.count();
    } catch (IOException e) {
      return 0;
    }
  }

  private void until(String... expected) {
    eventually(() -> quietly().equals(List.of(expected)));
  }

  private List<String> quietly() {
    try {
      return states();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void untilCatalogue(String current, String next) {
    eventually(
        () ->
            runner.catalogue().handlers().size() == 1
                && id(runner.catalogue().handlers().get(0).current()).equals(current)
                && id(runner.catalogue().handlers().get(0).next()).equals(next));
  }

  private static String id(Optional<HandlerVersion> version) {
    return version.map(HandlerVersion::id).orElse("");
  }

  private static void eventually(BooleanSupplier holds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("what the test waits for did not happen");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  private static final class Quiet implements CommitListener {
    @Override
    public void committed(int changes, long nanos) {}

    @Override
    public void reopened() {}
  }
}
