package dev.usher.benchmark.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

/** A gateway that runs, and what its ports say. */
public final class Gateway {

  /** Often enough for figures over seconds, seldom enough not to be one of them. */
  private static final Duration GLANCE = Duration.ofMillis(25);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Running process;
  private final Ground ground;

  /** Waits until it is ready. */
  public Gateway(Running process, Ground ground) {
    this.process = process;
    this.ground = ground;
    process.awaitReady();
  }

  /** The process. */
  public Running process() {
    return process;
  }

  /** Where signups are sent to. */
  public URI signups() {
    return URI.create(process.word("public") + "/signups");
  }

  /** A place on the admin port. */
  public URI admin(String path) {
    return URI.create(process.word("admin") + path);
  }

  /** What admin calls carry. */
  public String token() {
    try {
      return Files.readString(ground.data().resolve("gateway/admin.token")).strip();
    } catch (IOException e) {
      throw new BenchFailed("can't read the gateway's token", e);
    }
  }

  /** The books. */
  public Totals totals() {
    JsonNode json = get(admin("/admin/totals"));
    JsonNode deliveries = json.path("deliveries");
    return new Totals(
        json.path("signups").path("accepted").asLong(),
        json.path("signups").path("completed").asLong(),
        deliveries.path("succeeded").asLong(),
        deliveries.path("pending").asLong() + deliveries.path("running").asLong());
  }

  private JsonNode get(URI uri) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token()).build();
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchFailed(uri + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new BenchFailed("no answer from " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
  }

  /** Sends one signup; whether it was accepted. */
  public boolean accepts(String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(signups())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
  }

  /** Waits until nothing is owed any more, and gives the books then. */
  @CanIgnoreReturnValue
  public Totals awaitDrained(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    Totals totals = totals();
    while (totals.owed() > 0) {
      if (System.nanoTime() > deadline) {
        throw new BenchFailed(totals.owed() + " deliveries are still owed after " + limit);
      }
      Rest.take(GLANCE);
      totals = totals();
    }
    return totals;
  }
}
