package dev.usher.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** One port of the gateway, spoken to over HTTP. */
final class Gateway {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Well past the 500 ms after which a gateway under load refuses rather than waits. */
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private static final Duration LONG_ANSWER = Duration.ofMinutes(10);

  /** How a stream of events says that there will be no more. */
  private static final int NO_MORE = 204;

  private final Endpoint endpoint;
  private final Optional<Token> token;
  private final HttpClient http;

  Gateway(Endpoint endpoint, Optional<Token> token) {
    this.endpoint = endpoint;
    this.token = token;
    http = client(endpoint.base().getScheme());
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Asks, whatever the answer. */
  Answer get(String path) throws CommandFailed {
    return send(request(path).GET());
  }

  /** Asks for something that must be there. */
  JsonNode fetch(String path) throws CommandFailed {
    Answer answer = get(path);
    if (!answer.isSuccess()) {
      throw refused(answer);
    }
    return answer.body();
  }

  /** Has something removed, whatever the answer; waits long, as all of it may have to be read. */
  Answer delete(String path) throws CommandFailed {
    return send(request(path).timeout(LONG_ANSWER).DELETE());
  }

  private CommandFailed refused(Answer answer) {
    return answer.status() == 401 || answer.status() == 403
        ? new CommandFailed(Exit.REFUSED, unauthorised(answer.status()))
        : Refusal.of(answer, endpoint);
  }

  /**
   * Opens a stream of events, after the one with this id unless that is empty.
   *
   * @return empty where the gateway says that there will be no more
   */
  Optional<Events> events(String path, String lastId) throws CommandFailed {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path)).header("Accept", "text/event-stream");
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown.value()));
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    if (response.statusCode() == NO_MORE) {
      return Optional.empty();
    }
    if (response.statusCode() != 200) {
      Answer answer = Answer.of(response.statusCode(), text(response), response.headers());
      throw answer.isPassing() ? new Away(refused(answer)) : refused(answer);
    }
    return Optional.of(new Events(response.body()));
  }

  /** Sends JSON, whatever the answer. */
  Answer post(String path, JsonNode body) throws CommandFailed {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(body))));
  }

  /** Changes something by JSON; {@code method} is PATCH or DELETE, which takes no body. */
  Answer change(String method, String path, JsonNode body) throws CommandFailed {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(Json.line(body))));
  }

  /**
   * Sends a file, whatever the answer. Without {@code Expect: 100-continue}: the client of JDK 17
   * waits for ever where a refusal comes in place of the leave to go on.
   */
  Answer upload(String path, HandlerFile file, LongConsumer progress) throws CommandFailed {
    return send(
        request(path)
            .timeout(LONG_ANSWER)
            .header("Content-Type", "application/octet-stream")
            .header("Repr-Digest", file.reprDigest())
            .PUT(file.publisher(progress)));
  }

  /** Sends lines that may be sent again under the same key; the answer is lines too. */
  HttpResponse<String> postLines(String path, String key, byte[] lines) throws CommandFailed {
    HttpResponse<String> response =
        exchange(
            request(path)
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(lines)),
            BodyHandlers.ofString());
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw new CommandFailed(Exit.REFUSED, unauthorised(response.statusCode()));
    }
    return response;
  }

  /**
   * For plain HTTP the client gets a TLS context that trusts nobody: the default one reads every
   * root certificate first, a quarter of the time that a command takes.
   */
  private static HttpClient client(String scheme) {
    HttpClient.Builder client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    return (scheme.equals("http") ? client.sslContext(trustingNobody()) : client).build();
  }

  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .timeout(ANSWER)
            .header("Accept", "application/json, application/problem+json");
    token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown.value()));
    return request;
  }

  private Answer send(HttpRequest.Builder request) throws CommandFailed {
    HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
    return Answer.of(response.statusCode(), response.body(), response.headers());
  }

  private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> body)
      throws CommandFailed {
    try {
      return http.send(request.build(), body);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw unreachable(e);
    } catch (HttpTimeoutException e) {
      throw new CommandFailed(
          Exit.TIMED_OUT, endpoint.base() + " did not answer within " + Span.text(ANSWER));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(Exit.FAILED, "interrupted");
    }
  }

  private static String text(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return new String(body.readAllBytes(), UTF_8);
    } catch (IOException cut) {
      return "";
    }
  }

  private Away unreachable(IOException cause) {
    String why = cause.getMessage();
    return new Away(
        new CommandFailed(
            Exit.UNREACHABLE, endpoint.unanswered(why == null ? "can't connect" : why)));
  }

  private String unauthorised(int status) {
    String shown = token.map(Token::toString).orElse("request without a token");
    return endpoint.base()
        + " answered "
        + status
        + " to the "
        + shown
        + "; set USHER_TOKEN or --token-file";
  }
}
