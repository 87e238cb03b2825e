package dev.usher.runner.process;

import java.time.Duration;

/** Hears what becomes of a supervised process, from any thread; must not block. */
public interface Observer {

  /** It has printed something. */
  void printed(Line line);

  /**
   * It has ended though nobody told it to.
   *
   * @param how in words for people
   * @param times how often that has happened since its first start
   * @param wait until it is started again
   */
  void ended(String how, int times, Duration wait);

  /** It ended again and again; it is started again all the same. */
  void failed(String why);

  /**
   * It serves again.
   *
   * @param how it ended last
   * @param times how often it has ended since its first start
   */
  void recovered(String how, int times);
}
