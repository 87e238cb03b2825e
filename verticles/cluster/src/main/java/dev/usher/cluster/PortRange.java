package dev.usher.cluster;

/**
 * The ports a member may listen on; it takes the first free one.
 *
 * @param first lowest port; 0 lets the operating system choose
 * @param last highest port
 */
public record PortRange(int first, int last) {

  private static final int HIGHEST = 65_535;

  /** Checks the bounds. */
  public PortRange {
    if (first < 0 || last < first || last > HIGHEST) {
      throw new IllegalArgumentException(first + "-" + last + " is not a range of ports");
    }
  }

  /**
   * Reads {@code 5701}, {@code 5701-5708} or {@code 0}.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  public static PortRange parse(String text) {
    String[] ends = text.strip().split("-", 2);
    try {
      int first = Integer.parseInt(ends[0].strip());
      return new PortRange(first, ends.length == 1 ? first : Integer.parseInt(ends[1].strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a port or range; write 5701, 5701-5708 or 0", e);
    }
  }
}
