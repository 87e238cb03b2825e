package dev.usher.subscription;

import dev.usher.handler.BlockingSignupHandler;
import dev.usher.handler.Erased;
import dev.usher.handler.HandlerContext;
import dev.usher.handler.Handlers;
import dev.usher.handler.Signup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * Puts each signup on the mailing lists that it asks for; answers {@code {"list", "subscribed",
 * "new"}}.
 */
public final class Subscription implements BlockingSignupHandler {

  private final ListFile lists;
  private final String standard;

  /**
   * Subscribes people to these lists.
   *
   * @param standard name of the list meant by {@code "subscribe": true}
   */
  Subscription(ListFile lists, String standard) {
    this.lists = lists;
    this.standard = standard;
  }

  @Override
  public Object handle(Signup signup) throws SubscriptionFailed {
    Wish wish = Wish.of(signup.json().getValue("subscribe"), standard);
    Subscriber subscriber = Subscriber.of(signup);
    try {
      return answer(wish.lists(), lists.subscribe(subscriber, wish.lists()));
    } catch (SQLException e) {
      throw new SubscriptionFailed(e);
    }
  }

  @Override
  public void erase(Erased erased) throws SubscriptionFailed {
    try {
      lists.erase(erased.signup());
    } catch (SQLException e) {
      throw new SubscriptionFailed(e);
    }
  }

  @Override
  public void stop() throws SQLException {
    lists.close();
  }

  private static JsonObject answer(List<String> lists, List<Boolean> areNew) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < lists.size(); i++) {
      all.add(
          new JsonObject()
              .put("list", lists.get(i))
              .put("subscribed", true)
              .put("new", areNew.get(i)));
    }
    return switch (all.size()) {
      case 0 -> new JsonObject().put("subscribed", false);
      case 1 -> all.getJsonObject(0);
      default -> new JsonObject().put("lists", all);
    };
  }

  private static Subscription from(HandlerContext context) {
    SubscriptionSettings settings = SubscriptionSettings.from(context.settings());
    Path file = context.data().resolve(settings.file());
    try {
      return new Subscription(ListFile.open(file, Clock.systemUTC()), settings.list());
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(
          "database.url: " + file + " can't be used: " + e.getMessage(), e);
    }
  }

  /** Runs it as a process of the cluster. */
  public static void main(String[] args) {
    Handlers.named("subscription")
        .announcedAs("subscribe")
        .erasedAt("signup.subscribe.erased")
        .runBlocking("signup.subscribe", Subscription::from, args);
  }
}
