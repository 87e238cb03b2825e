package dev.usher.wire;

import java.util.Locale;

/** Where a handler's instance comes from, as its {@link Announcement#deployment} tells. */
public enum Origin {
  /** The cluster deployed it: it has a version with a number. */
  DEPLOYED,
  /** Its file is in the {@code handlers/} folder of a runner, or is watched by one. */
  FOLDER,
  /** Somebody started its process. */
  HAND;

  /** Follows the name of a file in a runner's folder: no version has this number. */
  private static final String NO_NUMBER = "#0";

  /** What instances of a file in a runner's folder announce as their deployment. */
  public static String ofFile(String name) {
    return name + NO_NUMBER;
  }

  /** Where an instance that announces this deployment comes from. */
  public static Origin of(String deployment) {
    if (deployment.isEmpty()) {
      return HAND;
    }
    return deployment.endsWith(NO_NUMBER) ? FOLDER : DEPLOYED;
  }

  /** The word for it in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
