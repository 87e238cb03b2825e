package dev.usher.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes; what they do is written in the shell's language. */
class SupervisedIT {

  private static final String READY = "echo ready handler=crm address=signup.crm; ";
  private static final String UNTIL_TOLD = "trap 'exit 0' TERM; while :; do sleep 0.01; done";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final Heard heard = new Heard();
  private Optional<Supervised> process = Optional.empty();

  @AfterEach
  void stop() {
    process.ifPresent(
        running -> running.stop(Duration.ZERO).orTimeout(30, TimeUnit.SECONDS).join());
  }

  @Test
  void isReadyWhenItSaysSoAndEndsWhenItIsTold() throws Exception {
    Supervised running = start("echo Hello; " + READY + UNTIL_TOLD);

    assertThat(running.handlers())
        .containsExactly(new ReadyLine("crm", "signup.crm", Duration.ZERO, true));
    assertThat(heard.next("printed")).isEqualTo("printed INFO Hello");
    running.stop(LIMIT).get(30, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(running.pid())).isEmpty();
    assertThat(heard.all()).noneMatch(event -> event.startsWith("ended"));
  }

  @Test
  void oneThatEndsBeforeItIsReadySaysWhy() {
    assertThatThrownBy(() -> start("echo 'no such list' >&2; exit 3"))
        .isInstanceOf(DoesNotStart.class)
        .hasMessage("it ended with exit code 3, not yet ready:\n  no such list");
  }

  @Test
  void programThatIsNotThereSaysSo() {
    assertThatThrownBy(
            () ->
                Supervised.start(
                    () -> new Command(List.of("/nowhere/python3"), Map.of(), folder), heard))
        .isInstanceOf(DoesNotStart.class)
        .hasMessageContaining("/nowhere/python3");
  }

  @Test
  void oneThatIsKilledIsStartedAgain() throws Exception {
    Supervised running = start(READY + UNTIL_TOLD);
    long first = running.pid();

    kill(first);

    assertThat(heard.next("ended")).startsWith("ended 1 by signal 9 (SIGKILL");
    assertThat(heard.next("recovered")).startsWith("recovered 1 by signal 9 (SIGKILL");
    long second = running.pid();
    assertThat(second).isNotEqualTo(first);
    kill(second);
    assertThat(heard.next("recovered")).startsWith("recovered 2 by signal 9 (SIGKILL");
    assertThat(ProcessHandle.of(running.pid())).isPresent();
  }

  @Test
  void oneThatWasOutOfMemoryIsSaidToHaveBeen() throws Exception {
    String full = "echo 'Terminating due to java.lang.OutOfMemoryError: Java heap space'; ";
    var unused = start(READY + full + "exit 3");

    assertThat(heard.next("ended")).startsWith("ended 1 out of memory, with exit code 3: ");
  }

  @Test
  void oneThatEndsAgainAndAgainHasFailedAndIsStartedAllTheSame() throws Exception {
    var unused = start("echo again; test -e failed || " + READY + "touch failed; exit 4");

    assertThat(heard.next("failed"))
        .startsWith("failed its process ended 5 times, last with exit code 4:\n  again");
    Files.delete(folder.resolve("failed"));
    assertThat(heard.next("recovered")).endsWith(" with exit code 4");
  }

  @Test
  void oneThatDoesNotEndIsKilledWithWhatItStarted() throws Exception {
    Supervised running = start("trap '' TERM; sleep 1000 & echo $!; " + READY + "wait; sleep 1000");
    long child = Long.parseLong(heard.next("printed").replace("printed INFO ", ""));

    running.stop(Duration.ZERO).get(30, TimeUnit.SECONDS);

    assertThat(ProcessHandle.of(running.pid())).isEmpty();
    assertThat(ProcessHandle.of(child).flatMap(orphan -> orphan.info().command())).isEmpty();
  }

  @Test
  void nothingIsStartedAgainOnceItIsStopped() throws Exception {
    Supervised running = start(READY + "touch started; exit 1");
    heard.next("ended");
    running.stop(LIMIT).get(30, TimeUnit.SECONDS);
    Files.deleteIfExists(folder.resolve("started"));
    heard.events.clear();

    assertThat(heard.events.poll(300, TimeUnit.MILLISECONDS)).isNull();
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @Test
  void lineThatDoesNotEndIsCut() throws Exception {
    var unused = start("head -c 20000 /dev/zero | tr '\\0' x; echo; " + READY + UNTIL_TOLD);

    assertThat(heard.next("printed")).hasSize("printed INFO ".length() + 8 * 1024);
  }

  private Supervised start(String script) throws DoesNotStart {
    Command command = new Command(List.of("sh", "-c", script), Map.of("PATH", path()), folder);
    Supervised started = Supervised.start(() -> command, heard, new Backoff(Duration.ofMillis(20)));
    process = Optional.of(started);
    return started;
  }

  private static String path() {
    return System.getenv("PATH");
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  /** Everything that was told, as texts. */
  private static final class Heard implements Observer {

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public void printed(Line line) {
      events.add("printed " + line.level() + " " + line.text());
    }

    @Override
    public void ended(String how, int times, Duration wait) {
      events.add("ended " + times + " " + how);
    }

    @Override
    public void failed(String why) {
      events.add("failed " + why);
    }

    @Override
    public void recovered(String how, int times) {
      events.add("recovered " + times + " " + how);
    }

    /** The next event of this kind; others before it are passed over. */
    private String next(String kind) throws InterruptedException {
      String event = events.poll(30, TimeUnit.SECONDS);
      while (event != null && !event.startsWith(kind)) {
        event = events.poll(30, TimeUnit.SECONDS);
      }
      assertThat(event).as(kind).isNotNull();
      return event == null ? "" : event;
    }

    private List<String> all() {
      return List.copyOf(events);
    }
  }
}
