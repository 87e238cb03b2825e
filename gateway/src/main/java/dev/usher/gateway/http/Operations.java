package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.Macs;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the admin port shows besides the pipeline; handed in, so that this edge knows no other.
 *
 * @param journal what is asked of the journal's file
 * @param macs makes what signups are found by
 * @param tokens what admin calls may carry
 * @param cluster the cluster's name and how many members it has
 * @param actions the configuration of the actions, to see and to change
 * @param handlers the hot-deployed handlers
 * @param config the settings in force, ready to be shown
 * @param metrics the metrics in Prometheus' text format
 */
public record Operations(
    JournalDesk journal,
    Macs macs,
    List<AdminToken> tokens,
    Supplier<Cluster> cluster,
    ActionControl actions,
    HandlerDesk handlers,
    Supplier<JsonNode> config,
    Supplier<Future<String>> metrics) {

  /**
   * The cluster as this process sees it.
   *
   * @param name its name
   * @param members processes in it
   */
  public record Cluster(String name, int members) {}
}
