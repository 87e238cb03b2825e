package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/**
 * The least a signup gateway could do: read the POST, decode it with Jackson, answer 202 with a
 * small JSON. Nothing is kept. Every figure of the benchmark is a ratio to what this does in the
 * same run.
 */
public final class Floor {

  private static final ObjectReader READER = new ObjectMapper().readerFor(JsonNode.class);

  private Floor() {}

  /** Listens on the port given as the only argument. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    var unused =
        vertx
            .createHttpServer()
            .requestHandler(Floor::answer)
            .listen(port)
            .onSuccess(server -> System.out.println("ready port=" + server.actualPort()))
            .onFailure(
                failure -> {
                  System.err.println(failure.getMessage());
                  System.exit(1);
                });
  }

  private static void answer(HttpServerRequest request) {
    var unused =
        request
            .body()
            .compose(Floor::decode)
            .compose(
                email ->
                    request
                        .response()
                        .setStatusCode(202)
                        .putHeader("content-type", "application/json")
                        .end("{\"state\":\"open\",\"length\":" + email.length() + "}"))
            .recover(failure -> request.response().setStatusCode(400).end());
  }

  private static Future<String> decode(Buffer body) {
    try {
      JsonNode signup = READER.readTree(body.getBytes());
      return Future.succeededFuture(signup.path("email").asText());
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }
}
