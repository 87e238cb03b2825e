package dev.usher.settings;

import java.util.Set;

/** What to tell a person whose key is none. */
final class UnknownKey {

  private UnknownKey() {}

  /** The same for a whole dotted key, which stands in no file. */
  static String sentence(Schema whole, String key) {
    return "is not a setting; "
        + NearMatch.among(whole.keys(), key)
            .map(near -> "did you mean " + near + "?")
            .orElse("known are: " + String.join(", ", whole.keys()));
  }

  /** Suggests the key that was probably meant, or says which there are. */
  static String sentence(Schema group, String parent, String name) {
    Set<String> known = group.properties().keySet();
    if (group.keys().contains(name)) {
      return "is written in one; write " + name.replace(".", ": and below it ") + ":";
    }
    return "is not a setting; "
        + NearMatch.among(known, name)
            .map(near -> "did you mean " + Keys.below(parent, near) + "?")
            .orElse("known here: " + String.join(", ", known));
  }
}
