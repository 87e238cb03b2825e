package dev.usher.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real gateway with a journal of its own, that can be killed and started again. */
final class Gateway {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final int ACCEPTED = 202;

  private final Site site;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int starts;
  private volatile Optional<Running> running = Optional.empty();

  private record Running(Child process, String publicUrl, String adminUrl, String token) {}

  Gateway(Site site) {
    this.site = site;
  }

  /** Returns once it is ready. */
  void start() {
    starts++;
    Child process = Child.start(command(), environment(), site.log("gateway-" + starts));
    String ready =
        Wait.until(
            "the gateway is ready",
            () -> {
              if (!process.isAlive()) {
                throw new ConformanceFailed("the gateway ended:\n" + process.lastLines());
              }
              return process.line("ready ");
            });
    running =
        Optional.of(new Running(process, word(ready, "public"), word(ready, "admin"), token()));
  }

  /** Ends it as a crash would. */
  void kill() {
    running.ifPresent(gateway -> gateway.process().kill());
  }

  /** Sends a signup; its id. */
  String accept(JsonNode payload) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(here().publicUrl() + "/signups"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(payload.toString())));
    if (answer.statusCode() != ACCEPTED) {
      throw new ConformanceFailed(
          "the gateway answered " + answer.statusCode() + ": " + answer.body());
    }
    return Json.read(answer.body()).path("id").asText();
  }

  /** A signup's delivery by this action. */
  Delivery delivery(String signup, String action) {
    for (JsonNode delivery : admin("/admin/signups/" + signup).path("deliveries")) {
      if (delivery.path("action").asText().equals(action)) {
        return new Delivery(delivery);
      }
    }
    throw new ConformanceFailed(signup + " has no " + action);
  }

  /** Whether an instance at this address takes deliveries. */
  boolean knows(String address) {
    for (JsonNode handler : admin("/admin/handlers").path("handlers")) {
      if (handler.path("address").asText().equals(address)
          && handler.path("state").asText().equals("up")) {
        return true;
      }
    }
    return false;
  }

  private JsonNode admin(String path) {
    return Json.read(send(HttpRequest.newBuilder(URI.create(here().adminUrl() + path))).body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    request.timeout(ANSWER_LIMIT).header("Authorization", "Bearer " + here().token());
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ConformanceFailed("the gateway does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConformanceFailed("interrupted", e);
    }
  }

  private Running here() {
    return running.orElseThrow(() -> new ConformanceFailed("the gateway was not started"));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(Java.COMMAND);
    command.addAll(List.of("-jar", site.gatewayJar().toString()));
    command.addAll(List.of("--config", site.config().toString()));
    command.addAll(List.of("--data", site.data().toString()));
    return command;
  }

  private Map<String, String> environment() {
    Map<String, String> variables = site.surroundings();
    variables.remove("USHER_BRIDGE");
    variables.put("USHER_BRIDGE_PORT", Integer.toString(site.bridge().first()));
    variables.put("USHER_HTTP_HOST", "127.0.0.1");
    variables.put("USHER_HTTP_PORT", "0");
    variables.put("USHER_ADMIN_PORT", "0");
    variables.put("USHER_WEBHOOKS_ALLOW_PRIVATE", "true");
    return variables;
  }

  private String token() {
    Path file = site.data().resolve("gateway/admin.token");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ConformanceFailed("can't read the gateway's token", e);
    }
  }

  private static String word(String line, String key) {
    return line.replaceAll(".*\\b" + key + "=(\\S+).*", "$1");
  }
}
