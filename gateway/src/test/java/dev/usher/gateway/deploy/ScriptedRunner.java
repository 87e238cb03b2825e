package dev.usher.gateway.deploy;

import dev.usher.cluster.ClusterMember;
import dev.usher.wire.Addresses;
import dev.usher.wire.ArtefactRequest;
import dev.usher.wire.Catalogue;
import dev.usher.wire.HandlerVersion;
import dev.usher.wire.RunnerReport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A runner on the bus of a real member that says what it is told to: each version of the catalogue
 * serves at once, but for those that don't start.
 */
final class ScriptedRunner {

  private final ClusterMember member;
  private final Map<String, String> failing = new ConcurrentHashMap<>();
  private final AtomicReference<Catalogue> seen =
      new AtomicReference<>(new Catalogue("", 0, List.of()));
  private final MessageConsumer<JsonObject> catalogues;
  private final MessageConsumer<JsonObject> logs;

  ScriptedRunner(ClusterMember member) {
    this.member = member;
    catalogues = member.vertx().eventBus().consumer(Addresses.CATALOGUE, this::heard);
    logs =
        member
            .vertx()
            .eventBus()
            .consumer(
                Addresses.logs(member.nodeId()),
                asked ->
                    asked.reply(
                        new JsonObject()
                            .put(
                                "lines",
                                new JsonArray()
                                    .add(
                                        new JsonObject()
                                            .put("at", "2026-01-31T12:00:00Z")
                                            .put("version", 1)
                                            .put("level", "INFO")
                                            .put("text", "of " + asked.body())))));
  }

  private void heard(Message<JsonObject> message) {
    seen.set(Catalogue.fromJson(message.body()));
    report();
  }

  /** Completes once it can be heard. */
  Future<Void> ready() {
    return Future.all(catalogues.completion(), logs.completion()).mapEmpty();
  }

  /** Says nothing any more. */
  Future<Void> silence() {
    return Future.all(catalogues.unregister(), logs.unregister()).mapEmpty();
  }

  /** This version does not start. */
  void fails(String id, String why) {
    failing.put(id, why);
  }

  Catalogue catalogue() {
    return seen.get();
  }

  /** Fetches a file as a runner does. */
  Future<Buffer> fetch(String checksum) {
    return fetch(checksum, Buffer.buffer());
  }

  private Future<Buffer> fetch(String checksum, Buffer sofar) {
    return member
        .vertx()
        .eventBus()
        .<Buffer>request(
            Addresses.artefacts(seen.get().gateway()),
            new ArtefactRequest(checksum, sofar.length()).toJson())
        .compose(
            piece ->
                piece.body().length() == 0
                    ? Future.succeededFuture(sofar)
                    : fetch(checksum, sofar.appendBuffer(piece.body())));
  }

  private void report() {
    List<RunnerReport.Item> items = new ArrayList<>();
    for (Catalogue.Entry entry : seen.get().handlers()) {
      entry.next().ifPresent(next -> items.add(item(next)));
      boolean isReplaced =
          entry.next().isPresent()
              && !entry.hasCanary()
              && !failing.containsKey(entry.next().get().id());
      Optional<HandlerVersion> current = entry.current().filter(one -> !isReplaced);
      current.ifPresent(one -> items.add(item(one)));
    }
    RunnerReport report =
        new RunnerReport(
            member.nodeId(), "runner-1", seen.get().gateway(), seen.get().revision(), items);
    member.vertx().eventBus().publish(Addresses.RUNNERS, report.toJson());
  }

  private RunnerReport.Item item(HandlerVersion version) {
    String why = failing.getOrDefault(version.id(), "");
    return new RunnerReport.Item(
        version.name(),
        version.number(),
        why.isEmpty() ? RunnerReport.Phase.SERVING : RunnerReport.Phase.FAILED,
        why,
        List.of("signup.crm"));
  }
}
