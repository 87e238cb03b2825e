package dev.usher.gateway.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What reasons have in common that say the same of different deliveries: the reason without what
 * varies from one to the next. {@code 450 mailbox of ann@x.org busy, try after 17 s} is of the
 * class {@code 450 mailbox of * busy, try after * s}.
 *
 * <p>Taken out are quoted texts, e-mail addresses, URLs and every word with a digit in it (ids,
 * times, ports, sizes), but for the status of an SMTP or HTTP answer. What nothing tells from other
 * words, such as a name without quotes, stays. The class of a class is that class, so any reason of
 * it names it as well.
 *
 * @param text what is left; {@link #NONE} where there is no reason, because none was given or its
 *     signup is erased
 */
public record ReasonClass(String text) {

  /** What stands for a reason that is not there. */
  public static final String NONE = "no reason";

  private static final int MAX_LENGTH = 120;

  /** Longer than any word of which every letter is a hexadecimal digit. */
  private static final int MIN_HEX = 8;

  private static final String QUOTES = "\"'`<\u201c\u00ab";

  private static final Pattern QUOTED =
      Pattern.compile(
          "\"[^\"]*\""
              + "|(?<![\\p{L}\\p{N}])'(?:[^']|'(?=[\\p{L}\\p{N}]))*+'(?![\\p{L}\\p{N}])"
              + "|`[^`]*`|<[^<>]*>|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb");

  /** SMTP servers write lines of an answer but for the last one so. */
  private static final Pattern CONTINUED = Pattern.compile("^([245]\\d\\d)-");

  private static final Pattern GAPS = Pattern.compile("\\*[* ]*\\*");
  private static final Pattern HTTP_VERSION = Pattern.compile("HTTP/\\d(\\.\\d)?");
  private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d[:,;.]?");

  /** RFC 3463. */
  private static final Pattern DETAILED_STATUS =
      Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}[:,;.]?");

  private static final Set<String> BEFORE_A_STATUS =
      Set.of("http", "smtp", "status", "code", "error", "answered", "returned");
  private static final Set<String> UNITS =
      Set.of("ms", "s", "sec", "seconds", "min", "minutes", "bytes", "b", "kb", "characters");

  /** The class of a reason. */
  public ReasonClass {
    String kept =
        text.length() > Ending.MAX_REASON_LENGTH
            ? text.substring(0, Ending.MAX_REASON_LENGTH)
            : text;
    String common = settled(kept);
    text = common.isEmpty() ? NONE : common;
  }

  /** Tells it from others where the text must not be kept, because a name may be left in it. */
  public String mark() {
    return String.format(Locale.ROOT, "%08x", text.hashCode());
  }

  /**
   * What is taken out may bring two quotes together, and what is cut off is missing to the last
   * word: once more, until nothing is left to take. Most reasons need it once: there may be a
   * million.
   */
  private static String settled(String reason) {
    String common = common(reason);
    if (common.length() <= MAX_LENGTH && !hasQuotes(common)) {
      return common;
    }
    String cut = cut(common);
    return cut.equals(reason) ? cut : settled(cut);
  }

  private static String common(String reason) {
    String unquoted = hasQuotes(reason) ? QUOTED.matcher(reason).replaceAll("*") : reason;
    String begun = CONTINUED.matcher(unquoted.strip()).replaceFirst("$1 ");
    List<String> words = words(begun);
    StringBuilder common = new StringBuilder(begun.length());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      common.append(i == 0 ? "" : " ");
      common.append(varies(word) && !isStatus(words, i) ? withoutValue(word) : word);
    }
    boolean hasGaps = common.indexOf("* *") >= 0 || common.indexOf("**") >= 0;
    return hasGaps ? GAPS.matcher(common).replaceAll("*") : common.toString();
  }

  private static boolean hasQuotes(String text) {
    return text.chars().anyMatch(c -> QUOTES.indexOf(c) >= 0);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isBlank(text.charAt(i))) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || Character.isWhitespace(c) || Character.isISOControl(c);
  }

  /** Of {@code key=value} the key stays. */
  private static String withoutValue(String word) {
    int value = word.indexOf('=') + 1;
    if (value < 2 || varies(word.substring(0, value))) {
      return gap(word);
    }
    String rest = word.substring(value);
    boolean isStatus = isAnnounced(word.substring(0, value - 1)) && isStatus(rest);
    return isStatus ? word : word.substring(0, value) + gap(rest);
  }

  private static String gap(String word) {
    char last = word.charAt(word.length() - 1);
    return ",;:.".indexOf(last) < 0 ? "*" : "*" + last;
  }

  private static boolean varies(String word) {
    return (hasDigitOrAt(word) && !isHttpVersion(word)) || word.contains("://") || isHex(word);
  }

  private static boolean isHttpVersion(String word) {
    return word.startsWith("HTTP/") && HTTP_VERSION.matcher(word).matches();
  }

  private static boolean hasDigitOrAt(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '@' || Character.isDigit(c)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(String word) {
    return word.length() >= MIN_HEX && word.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static boolean isStatus(String word) {
    return STATUS.matcher(word).matches();
  }

  private static boolean isStatus(List<String> words, int i) {
    if (DETAILED_STATUS.matcher(words.get(i)).matches()) {
      return true;
    }
    return isStatus(words.get(i))
        && (i == 0 || isAnnounced(words.get(i - 1)))
        && (i + 1 == words.size() || !UNITS.contains(words.get(i + 1).toLowerCase(Locale.ROOT)));
  }

  private static boolean isAnnounced(String before) {
    return before.endsWith(":")
        || isHttpVersion(before)
        || BEFORE_A_STATUS.contains(before.toLowerCase(Locale.ROOT));
  }

  private static String cut(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 2)) ? 2 : 1;
    return text.substring(0, MAX_LENGTH - end).stripTrailing() + "…";
  }
}
