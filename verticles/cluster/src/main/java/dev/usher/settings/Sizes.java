package dev.usher.settings;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: a whole number and one of {@code B KiB MiB GiB}. */
public final class Sizes {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

  private Sizes() {}

  /**
   * Reads {@code 512B}, {@code 64KiB}, {@code 16MiB} or {@code 1GiB} as bytes.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  public static long parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a size; write 64KiB");
    }
    return Long.parseLong(form.group(1)) << (10 * UNITS.indexOf(form.group(2)));
  }

  /** Bytes in the largest unit that keeps them whole. */
  public static String format(long bytes) {
    int unit = 0;
    long count = bytes;
    while (count > 0 && count % 1024 == 0 && unit < UNITS.size() - 1) {
      count /= 1024;
      unit++;
    }
    return count + UNITS.get(unit);
  }
}
