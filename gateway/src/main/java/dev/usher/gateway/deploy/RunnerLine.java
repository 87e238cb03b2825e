package dev.usher.gateway.deploy;

import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.wire.Addresses;
import dev.usher.wire.Announcement;
import dev.usher.wire.ArtefactRequest;
import dev.usher.wire.Catalogue;
import dev.usher.wire.RunnerReport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What gateway and runners say to each other, on the bus. Lives on the loop. */
final class RunnerLine {

  private static final Logger LOG = LoggerFactory.getLogger(RunnerLine.class);
  private static final int GONE = 404;
  private static final int UNREADABLE = 500;
  private static final long LOGS_MS = 5_000;

  private final ClusterMember member;
  private final Loop loop;
  private final ArtefactFolder folder;
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private boolean isClosed;

  RunnerLine(ClusterMember member, Loop loop, ArtefactFolder folder) {
    this.member = member;
    this.loop = loop;
    this.folder = folder;
  }

  /**
   * Listens to the runners.
   *
   * @param heard is told what a runner says
   * @param left is told which process left the cluster, a runner or not
   * @param beat runs as often as the catalogue is to be told
   */
  Future<Void> open(Consumer<RunnerReport> heard, Consumer<String> left, Runnable beat) {
    EventBus bus = member.vertx().eventBus();
    MessageConsumer<JsonObject> reports =
        bus.consumer(Addresses.RUNNERS, message -> report(message, heard));
    MessageConsumer<JsonObject> requests =
        bus.consumer(Addresses.artefacts(member.nodeId()), this::piece);
    consumers.add(reports);
    consumers.add(requests);
    member.onMembership(joined -> {}, node -> loop.run(() -> left.accept(node)));
    again(beat);
    return Future.all(reports.completion(), requests.completion()).mapEmpty();
  }

  Future<Void> close() {
    isClosed = true;
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList()).mapEmpty();
  }

  void tell(Catalogue catalogue) {
    if (!isClosed) {
      member.vertx().eventBus().publish(Addresses.CATALOGUE, catalogue.toJson());
    }
  }

  /** Asks each runner for a handler's last lines. */
  Future<RunnerLogs> logs(String name, int lines, List<RunnerReport> runners) {
    List<Future<List<RunnerLogs.Line>>> answers =
        runners.stream().map(runner -> logs(name, lines, runner)).toList();
    return Future.join(answers)
        .transform(ended -> Future.succeededFuture(merged(lines, runners, answers)));
  }

  private static RunnerLogs merged(
      int lines, List<RunnerReport> runners, List<Future<List<RunnerLogs.Line>>> answers) {
    List<RunnerLogs.Line> all = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).succeeded()) {
        all.addAll(answers.get(i).result());
      } else {
        silent.add(runners.get(i).runner());
      }
    }
    all.sort(Comparator.comparing(RunnerLogs.Line::at));
    return new RunnerLogs(
        List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size())), silent);
  }

  private Future<List<RunnerLogs.Line>> logs(String name, int lines, RunnerReport runner) {
    return member
        .vertx()
        .eventBus()
        .<JsonObject>request(
            Addresses.logs(runner.node()),
            new JsonObject().put("name", name).put("lines", lines),
            new DeliveryOptions().setSendTimeout(LOGS_MS))
        .map(
            answer ->
                answer.body().getJsonArray("lines", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .map(one -> line(one, runner.runner()))
                    .toList());
  }

  private static RunnerLogs.Line line(JsonObject json, String runner) {
    return new RunnerLogs.Line(
        json.getString("at", ""),
        runner,
        json.getInteger("version", 0),
        json.getString("level", ""),
        json.getString("text", ""));
  }

  private void again(Runnable beat) {
    var unused =
        loop.after(
            Duration.ofMillis(Announcement.EVERY_MS),
            () -> {
              if (!isClosed) {
                beat.run();
                again(beat);
              }
            });
  }

  private void report(Message<JsonObject> message, Consumer<RunnerReport> heard) {
    try {
      RunnerReport report = RunnerReport.fromJson(message.body());
      loop.run(() -> heard.accept(report));
    } catch (RuntimeException e) {
      LOG.warn("the report of a runner can't be read: {}", String.valueOf(e.getMessage()));
    }
  }

  private void piece(Message<JsonObject> message) {
    var unused =
        member
            .vertx()
            .executeBlocking(() -> read(ArtefactRequest.fromJson(message.body())), false)
            .onSuccess(message::reply)
            .onFailure(
                failure ->
                    message.fail(
                        failure instanceof NoSuchFileException ? GONE : UNREADABLE,
                        String.valueOf(failure.getMessage())));
  }

  private Buffer read(ArtefactRequest request) throws IOException {
    return Buffer.buffer(
        folder.read(request.checksum(), request.offset(), ArtefactRequest.PIECE_BYTES));
  }
}
