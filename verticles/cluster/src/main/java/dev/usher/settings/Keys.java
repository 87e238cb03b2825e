package dev.usher.settings;

import java.util.Locale;

/** Dotted keys, and the environment variables they are set by. */
final class Keys {

  private static final String EVERY_PROCESS = "USHER_";

  private Keys() {}

  static String below(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  static String sibling(String key, String name) {
    return key.substring(0, key.lastIndexOf('.') + 1) + name;
  }

  /** What all variables of a process begin with; the gateway is the one without its name in it. */
  static String prefix(String process) {
    return process.equals("gateway") ? EVERY_PROCESS : EVERY_PROCESS + upper(process) + "_";
  }

  /** The variable that sets a key of a process. */
  static String variable(String process, String key) {
    return (key.startsWith("cluster.") ? EVERY_PROCESS : prefix(process)) + upper(key);
  }

  private static String upper(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
