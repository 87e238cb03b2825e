package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** One piece of news on one line. */
final class NewsLine {

  private static final int CLOCK_FROM = "2026-01-01T".length();
  private static final int CLOCK_TO = CLOCK_FROM + "12:00:00".length();

  private NewsLine() {}

  static String of(JsonNode news) {
    StringBuilder line = new StringBuilder(clock(news.path("at").asText()));
    line.append("  ").append(news.path("kind").asText()).append(" ");
    for (String fact : new String[] {"signup", "handler", "address", "action", "cause"}) {
      if (news.has(fact)) {
        line.append(' ').append(news.path(fact).asText());
      }
    }
    news.path("actions").forEach(action -> line.append(' ').append(action.asText()));
    return Printable.of(line.toString());
  }

  /** The time of day, in UTC as all times of the gateway. */
  private static String clock(String instant) {
    return instant.length() < CLOCK_TO ? instant : instant.substring(CLOCK_FROM, CLOCK_TO);
  }
}
