package dev.usher.subscription;

import dev.usher.handler.Rejected;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lists that a signup asks for, as the payload's {@code subscribe} says it: {@code true}, the
 * name of a list, an array of names, or an object with a {@code "list"}. {@code false} asks for
 * none. Nothing at all means {@code true}: the gateway delivers that only where the action is
 * required, and then every signup is to be subscribed.
 *
 * @param lists names, each once; may be empty
 */
record Wish(List<String> lists) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  // A browser's form knows texts only, and says "on" for a ticked box.
  private static final Set<String> YES = Set.of("true", "on", "yes");
  private static final Set<String> NO = Set.of("false", "off", "no", "");

  Wish {
    lists = lists.stream().distinct().toList();
    for (String list : lists) {
      if (!isName(list)) {
        // Not quoted: a person may have typed anything here.
        throw new Rejected(
            "\"subscribe\" holds what is no name of a list: write a letter or digit, then up to 63"
                + " letters, digits, dots, hyphens or underscores");
      }
    }
  }

  /**
   * Reads the value.
   *
   * @param standard the list meant by {@code true}
   * @throws Rejected when it can't be read
   */
  static Wish of(@Nullable Object value, String standard) {
    return new Wish(names(value, standard).toList());
  }

  /** Whether a list may be called so. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static Stream<String> names(@Nullable Object value, String standard) {
    if (value == null) {
      return Stream.of(standard);
    } else if (value instanceof Boolean wanted) {
      return wanted ? Stream.of(standard) : Stream.empty();
    } else if (value instanceof String text) {
      return named(text.strip().toLowerCase(Locale.ROOT), standard);
    } else if (value instanceof JsonArray several) {
      return several.stream().flatMap(one -> names(text(one), standard));
    } else if (value instanceof JsonObject object) {
      return object.containsKey("list")
          ? names(text(object.getValue("list")), standard)
          : Stream.of(standard);
    }
    throw unreadable();
  }

  private static Stream<String> named(String name, String standard) {
    if (NO.contains(name)) {
      return Stream.empty();
    }
    return Stream.of(YES.contains(name) ? standard : name);
  }

  private static Object text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw unreadable();
  }

  private static Rejected unreadable() {
    return new Rejected(
        "\"subscribe\" can't be read: write true, the name of a list, an array of names, or"
            + " {\"list\": name}");
  }
}
