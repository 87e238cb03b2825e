package dev.usher.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** A web service that succeeds at once with whatever is posted. */
public final class NothingHook {

  private static final int NO_CONTENT = 204;

  private NothingHook() {}

  /** Listens on a free port. */
  public static void main(String[] arguments) {
    var unused =
        Vertx.vertx()
            .createHttpServer()
            .requestHandler(NothingHook::answer)
            .listen(0)
            .onSuccess(server -> System.out.println("ready port=" + server.actualPort()))
            .onFailure(
                failure -> {
                  System.err.println(failure.getMessage());
                  System.exit(1);
                });
  }

  private static void answer(HttpServerRequest request) {
    var unused = request.body().compose(body -> request.response().setStatusCode(NO_CONTENT).end());
  }
}
