package dev.usher.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word a person probably meant. */
final class NearMatch {

  private static final int FARTHEST = 2;

  private NearMatch() {}

  /** The nearest of these words, unless all are more than two typing errors away. */
  static Optional<String> among(Collection<String> words, String typed) {
    int farthest = Math.min(FARTHEST, typed.length() / 2);
    return words.stream()
        .filter(word -> distance(word, typed) <= farthest)
        .min(Comparator.comparingInt(word -> distance(word, typed)));
  }

  /** Insertions, deletions, replacements and swaps of neighbours; case counts for nothing. */
  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int edited = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean isSwap =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return isSwap ? Math.min(edited, cost[i - 2][j - 2] + 1) : edited;
  }
}
