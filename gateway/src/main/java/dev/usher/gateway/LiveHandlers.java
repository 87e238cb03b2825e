package dev.usher.gateway;

import dev.usher.gateway.deploy.DeployOrder;
import dev.usher.gateway.deploy.Deployments;
import dev.usher.gateway.deploy.RunnerLogs;
import dev.usher.gateway.http.HandlerDesk;
import io.vertx.core.Future;
import java.nio.file.Path;

/** The hot-deployed handlers, as the admin port sees and changes them. */
final class LiveHandlers implements HandlerDesk {

  private final Deployments deployments;
  private final long maxBytes;

  LiveHandlers(Deployments deployments, long maxBytes) {
    this.deployments = deployments;
    this.maxBytes = maxBytes;
  }

  @Override
  public long maxBytes() {
    return maxBytes;
  }

  @Override
  public Future<Path> room() {
    return deployments.room();
  }

  @Override
  public void drop(Path unfinished) {
    deployments.drop(unfinished);
  }

  @Override
  public Future<Deployed> deploy(Order order, Path file) {
    DeployOrder sent =
        new DeployOrder(
            order.name(),
            order.file(),
            order.address(),
            order.settings(),
            order.isIsolated(),
            order.share(),
            order.checksum(),
            order.token());
    return deployments
        .deploy(sent, file)
        .map(done -> new Deployed(done.version(), done.isNew(), done.runners()));
  }

  @Override
  public Future<Void> carryOut(Deed deed, String name, String token) {
    return switch (deed) {
      case PROMOTE -> deployments.promote(name, token);
      case ROLLBACK -> deployments.rollback(name, token);
      case UNDEPLOY -> deployments.undeploy(name, token);
    };
  }

  @Override
  public Future<Standing> standing() {
    return deployments.standing().map(now -> new Standing(now.at(), now.versions(), now.runners()));
  }

  @Override
  public Future<Logs> logs(String name, int lines) {
    return deployments
        .logs(name, lines)
        .map(
            logs ->
                new Logs(logs.lines().stream().map(LiveHandlers::line).toList(), logs.silent()));
  }

  private static Line line(RunnerLogs.Line line) {
    return new Line(line.at(), line.runner(), line.version(), line.level(), line.text());
  }
}
