package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.util.Optional;

/** What operators ask of the journal's file; handed in, so that this edge knows no journal. */
public interface JournalDesk {

  /** The file in numbers. */
  Future<JsonNode> stats();

  /**
   * Begins a backup and completes with its name at once; audited.
   *
   * @param token name of the token it is done with
   */
  Future<String> begin(String token);

  /** How a backup of this name stands; empty where this process made none. */
  Optional<JsonNode> backup(String name);
}
