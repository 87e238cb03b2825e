package dev.usher.benchmark;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Optional;

/** The same as {@link Nothing} without the kit: a consumer that replies. */
public final class NothingPlain {

  private NothingPlain() {}

  /** Serves the address given as the only argument. */
  public static void main(String[] arguments) {
    ClusterSettings settings =
        new ClusterSettings(
            System.getenv("USHER_CLUSTER_NAME"),
            "127.0.0.1",
            PortRange.parse(System.getenv("USHER_CLUSTER_PORT")),
            List.of(),
            Optional.empty(),
            0);
    var unused =
        ClusterMember.join(settings, "handler", new VertxOptions())
            .compose(
                member ->
                    member
                        .vertx()
                        .eventBus()
                        .consumer(arguments[0], (Message<Object> message) -> message.reply(null))
                        .completion())
            .onSuccess(registered -> System.out.println("ready plain"))
            .onFailure(NothingPlain::end);
  }

  private static void end(Throwable failure) {
    System.err.println(failure.getMessage());
    System.exit(1);
  }
}
