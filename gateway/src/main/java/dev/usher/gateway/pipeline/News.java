package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Something that happened, for those who watch: ids, names and words, never a payload. */
public sealed interface News {

  /** What happened. */
  Kind kind();

  /** When this gateway learnt of it. */
  Instant at();

  /** All of it by name, for JSON: text, numbers and lists of text. */
  Map<String, Object> facts();

  /** Everything that is told. */
  enum Kind {
    SIGNUP_ACCEPTED,
    SIGNUP_COMPLETED,
    SIGNUP_FAILED,
    SIGNUP_ERASED,
    DELIVERY_DEAD,
    HANDLER_JOINED,
    HANDLER_LEFT,
    CONFIG_CHANGED;

    /** The word for it in the feed, and behind {@code usher.} its address on the bus. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** A signup came into another state. */
  record OfSignup(Kind kind, Instant at, String signup) implements News {

    @Override
    public Map<String, Object> facts() {
      Map<String, Object> facts = head(this);
      facts.put("signup", signup);
      return facts;
    }
  }

  /** A delivery became a dead letter. */
  record OfDelivery(Kind kind, Instant at, String signup, String action, Cause cause)
      implements News {

    @Override
    public Map<String, Object> facts() {
      Map<String, Object> facts = head(this);
      facts.put("signup", signup);
      facts.put("action", action);
      facts.put("cause", cause.word());
      return facts;
    }
  }

  /** A handler instance came or went. */
  record OfHandler(Kind kind, Instant at, HandlerStatus handler) implements News {

    @Override
    public Map<String, Object> facts() {
      Map<String, Object> facts = head(this);
      facts.put("instance", handler.instance());
      facts.put("handler", handler.handler());
      facts.put("address", handler.address());
      facts.put("version", handler.version());
      return facts;
    }
  }

  /**
   * Another configuration is in force.
   *
   * @param revision its revision
   * @param actions names of the actions that were added, removed or changed
   */
  record OfConfig(Kind kind, Instant at, long revision, List<String> actions) implements News {

    @Override
    public Map<String, Object> facts() {
      Map<String, Object> facts = head(this);
      facts.put("revision", revision);
      facts.put("actions", actions);
      return facts;
    }
  }

  private static Map<String, Object> head(News news) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", news.kind().word());
    facts.put("at", news.at().toString());
    return facts;
  }
}
