package dev.usher.gateway.system.chaos;

import dev.usher.gateway.system.fixture.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was left behind: the handlers' records and the journal.
 *
 * @param performed attempts that a handler performed and synced, by delivery; a list may hold one
 *     twice
 * @param deliveries every delivery in the journal, by its id
 * @param attempts every attempt in the journal, by {@code <delivery> <number>}
 * @param faults where the journal contradicts itself
 */
record Evidence(
    Map<String, List<Integer>> performed,
    Map<String, Owed> deliveries,
    Map<String, Tried> attempts,
    List<String> faults) {

  /** A delivery as the journal has it. */
  record Owed(String username, String state) {}

  /** An attempt as the journal has it; the outcome is its code. */
  record Tried(Instant started, String outcome) {

    boolean isLost() {
      return outcome.equals("4");
    }
  }

  private static final String DELIVERIES =
      """
      SELECT delivery, deliveries.state,
        json_extract(CAST(payload AS TEXT), '$.username')
      FROM deliveries JOIN signup ON signup.id = substr(delivery, 1, instr(delivery, '.') - 1)
      """;
  private static final String ATTEMPTS =
      """
      SELECT signup.id || '.' || action.name || ' ' || n, tried.started, outcome
      FROM (SELECT seq, action, n, started, outcome FROM attempt
            UNION ALL SELECT seq, action, attempts, started, outcome FROM delivery
            WHERE attempts > 0) AS tried
      JOIN signup USING (seq) JOIN action ON no = tried.action
      """;

  static Evidence read(Cluster cluster, List<Path> records) {
    Map<String, Owed> deliveries = new HashMap<>();
    for (String[] row : rows(cluster, DELIVERIES)) {
      deliveries.put(row[0], new Owed(row[2], row[1]));
    }
    Map<String, Tried> attempts = new HashMap<>();
    for (String[] row : rows(cluster, ATTEMPTS)) {
      attempts.put(row[0], new Tried(Instant.ofEpochMilli(Long.parseLong(row[1])), row[2]));
    }
    List<String> faults = new ArrayList<>(cluster.journal().wrongTotals());
    String integrity = cluster.journal().integrity();
    if (!integrity.equals("ok")) {
      faults.add(integrity);
    }
    return new Evidence(performed(records), deliveries, attempts, faults);
  }

  private static List<String[]> rows(Cluster cluster, String sql) {
    return cluster.journal().query(sql).stream().map(row -> row.split("\\|")).toList();
  }

  private static Map<String, List<Integer>> performed(List<Path> records) {
    Map<String, List<Integer>> performed = new HashMap<>();
    for (Path record : records) {
      for (String line : whole(record)) {
        String[] words = line.split(" ");
        performed
            .computeIfAbsent(words[0], first -> new ArrayList<>())
            .add(Integer.parseInt(words[1]));
      }
    }
    return performed;
  }

  /** The lines of a file, but for one that its writer did not live to end. */
  private static List<String> whole(Path record) {
    try {
      String text = Files.exists(record) ? Files.readString(record) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
