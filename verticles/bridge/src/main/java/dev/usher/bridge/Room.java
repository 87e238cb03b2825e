package dev.usher.bridge;

/** What all clients of a bridge together have begun to send and not finished. For one thread. */
final class Room {

  private final long limit;
  private long taken;

  /** With nobody in it, for so many bytes. */
  Room(long limit) {
    this.limit = limit;
  }

  /**
   * One client holds another number of bytes now.
   *
   * @throws BadFrame when that is more than there is room for; nothing is taken then
   */
  void change(long before, long after) {
    long sum = taken - before + after;
    if (after > before && sum > limit) {
      throw new BadFrame("a long frame while too many others do");
    }
    taken = sum;
  }
}
