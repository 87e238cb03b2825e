package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One run of {@code verify}: sends signups while processes are killed, sends each again to hear
 * what became of it, takes them away.
 */
final class VerifyRun {

  private static final String PATH = "/admin/verify";

  private final LastingGateway gateway;
  private final Loopback.Handler handler;
  private final String name;
  private final int total;
  private final Duration patience;
  private final AtomicReferenceArray<String> accepted;
  private final Set<String> completed = ConcurrentHashMap.newKeySet();
  private final Set<String> made = ConcurrentHashMap.newKeySet();
  private int kills;

  /**
   * Sends nothing yet.
   *
   * @param name never used before: with a number behind it, it is a signup's idempotency key
   * @param patience longest wait for the last signups
   */
  VerifyRun(
      LastingGateway gateway, Loopback.Handler handler, String name, int total, Duration patience) {
    this.gateway = gateway;
    this.handler = handler;
    this.name = name;
    this.total = total;
    this.patience = patience;
    this.accepted = new AtomicReferenceArray<>(total);
  }

  /**
   * Sends all, and kills each in turn, once as many were accepted as the seed says. Until it is
   * back the others are sent up to the place where the next one is killed.
   */
  void send(List<Disruption> disruptions, Killer killer, long seed) throws CommandFailed {
    List<Integer> places = places(disruptions.size(), total, seed);
    int first = places.size() < 2 ? total : places.get(1);
    try (Crew crew = new Crew(total, first, this::accept)) {
      for (int i = 0; i < disruptions.size(); i++) {
        crew.awaitDone(places.get(i));
        killer.disrupt(disruptions.get(i), places.get(i));
        kills++;
        if (i + 1 < disruptions.size()) {
          int until = i + 2 < places.size() ? places.get(i + 2) : total;
          crew.allow(until - places.get(i + 1));
        }
      }
      crew.awaitDone(total);
    }
  }

  /** After how many accepted signups each is killed: somewhere in its share of them. */
  static List<Integer> places(int kills, int total, long seed) {
    Random random = new Random(seed);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      int from = (int) ((long) total * i / kills);
      int to = (int) ((long) total * (i + 1) / kills);
      places.add(from + random.nextInt(Math.max(1, to - from)));
    }
    return places;
  }

  /** Waits for what was accepted to succeed, removes it, and says what came out. */
  Verdict end(long seed) throws CommandFailed {
    Pause pause = new Pause(patience);
    Crew.all(total, number -> check(number, pause));
    Map<String, Integer> performed = handler.performed();
    List<String> lost = new ArrayList<>();
    int duplicated = 0;
    for (int number = 0; number < total; number++) {
      String id = accepted.get(number);
      int times = performed.getOrDefault(id, 0);
      duplicated += Math.max(0, times - 1);
      if (times == 0 || !completed.contains(id)) {
        lost.add(id);
      }
    }
    made.addAll(performed.keySet());
    int left = remove(new ArrayList<>(made));
    return new Verdict(total, total - lost.size(), duplicated, lost, kills, seed, left);
  }

  private void accept(int number) throws CommandFailed {
    accepted.set(number, post(number).path("id").asText());
  }

  /** Sent again, it is the same signup, unless the gateway has forgotten it. */
  private void check(int number, Pause pause) throws CommandFailed {
    String id = accepted.get(number);
    while (true) {
      JsonNode receipt = post(number);
      if (!receipt.path("id").asText().equals(id)) {
        return;
      }
      if (receipt.path("state").asText().equals("completed")) {
        completed.add(id);
        return;
      }
      if (!pause.take()) {
        return;
      }
    }
  }

  private JsonNode post(int number) throws CommandFailed {
    ObjectNode body = Json.object().put("run", name).put("number", number + 1);
    JsonNode receipt = gateway.fetch(asked -> asked.post(PATH, body));
    made.add(receipt.path("id").asText());
    return receipt;
  }

  /** How many could not be removed. */
  private int remove(List<String> ids) throws CommandFailed {
    AtomicInteger left = new AtomicInteger();
    Crew.all(
        ids.size(),
        number -> {
          Answer answer = gateway.ask(asked -> asked.delete(PATH + "/" + ids.get(number)));
          if (answer.status() == 409) {
            left.incrementAndGet();
          }
        });
    return left.get();
  }
}
