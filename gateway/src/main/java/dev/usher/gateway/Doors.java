package dev.usher.gateway;

import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.config.HttpSettings;
import dev.usher.gateway.deploy.Deployments;
import dev.usher.gateway.http.AdminApi;
import dev.usher.gateway.http.BulkApi;
import dev.usher.gateway.http.ConnectionRules;
import dev.usher.gateway.http.FormPages;
import dev.usher.gateway.http.HttpPorts;
import dev.usher.gateway.http.IntakeRules;
import dev.usher.gateway.http.Operations;
import dev.usher.gateway.http.PublicApi;
import dev.usher.gateway.metrics.GatewayMetrics;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.Future;
import java.time.Clock;

/** The gateway's two ports, as its settings want them. */
final class Doors {

  private final Preparation prepared;
  private final HttpPorts ports;

  /**
   * Opens nothing yet.
   *
   * @param loops how many event loops there are
   */
  Doors(
      Preparation prepared,
      ClusterMember member,
      int loops,
      Pipeline pipeline,
      GatewayMetrics metrics,
      JournalOffice office,
      Deployments deployments) {
    this.prepared = prepared;
    HttpSettings http = prepared.settings().http();
    Capacity capacity = Capacity.ofThisProcess();
    BulkApi bulk = new BulkApi(pipeline, prepared.schema(), prepared.macs(), http.bodyLimit());
    Operations operations = operations(prepared, member, pipeline, metrics, office, deployments);
    ports =
        new HttpPorts(
            member.vertx(),
            loops,
            new PublicApi(
                pipeline,
                prepared.schema(),
                prepared.macs(),
                intake(http, capacity),
                http.idleTimeout(),
                metrics),
            new AdminApi(pipeline, operations, bulk, http.idleTimeout()),
            new ConnectionRules(
                http.idleTimeout(),
                http.requestTimeout(),
                capacity.connections(http.connections())));
  }

  Future<Void> open() {
    return ports.open(
        prepared.settings().http().host(),
        prepared.settings().http().port(),
        prepared.settings().admin().host(),
        prepared.settings().admin().port());
  }

  /** Where they are, once they are open. */
  Endpoints endpoints() {
    return new Endpoints(
        prepared.settings().http().host(),
        ports.publicPort(),
        prepared.settings().admin().host(),
        ports.adminPort());
  }

  Future<Void> close() {
    return ports.close();
  }

  private static Operations operations(
      Preparation prepared,
      ClusterMember member,
      Pipeline pipeline,
      GatewayMetrics metrics,
      JournalOffice office,
      Deployments deployments) {
    String cluster = prepared.settings().cluster().name();
    return new Operations(
        office,
        prepared.macs(),
        prepared.tokens(),
        () -> new Operations.Cluster(cluster, member.nodes().size()),
        new LiveActions(prepared.actions()),
        new LiveHandlers(deployments, prepared.settings().artefactBytes()),
        prepared::config,
        new Scrape(pipeline, metrics, Clock.systemUTC())::now);
  }

  private static IntakeRules intake(HttpSettings http, Capacity capacity) {
    return new IntakeRules(
        http.bodyLimit(),
        capacity.bodyBytes(),
        new FormPages(http.formSuccess(), http.formFailure()),
        http.origins(),
        http.perClient(),
        http.trustedProxies());
  }
}
