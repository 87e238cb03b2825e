package dev.usher.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that can be used, by their dotted keys, while they are collected. */
final class Values {

  private final Map<String, Value> byKey = new LinkedHashMap<>();
  private final Map<String, List<String>> names = new LinkedHashMap<>();
  private final Faults faults;
  private final SecretFiles secrets;

  /** Secrets named by a relative path are looked for in {@code folder}. */
  Values(Path folder, Faults faults) {
    this.faults = faults;
    this.secrets = new SecretFiles(folder, faults);
  }

  Map<String, Value> byKey() {
    return byKey;
  }

  /** The names that a person chose, by the dotted key they stand below. */
  Map<String, List<String>> names() {
    return names;
  }

  /** Takes a value as it is. */
  void put(String key, Value value) {
    byKey.put(key, value);
  }

  /** Takes a single value if it can be used; {@code reference} says where it was taken from. */
  void check(String key, Value value, String reference) {
    if (value.schema().isSecret() && value.schema().kind() == Kind.LIST) {
      checkList(key, value, Collections.nCopies(value.texts().size(), value.place()));
      return;
    }
    secrets
        .resolve(key, value)
        .filter(resolved -> isUsable(key, resolved, reference))
        .ifPresent(resolved -> put(key, resolved));
  }

  /** Takes a value that was given as one text, also a list, if it can be used. */
  void checkText(String key, Value value) {
    if (value.schema().kind() == Kind.LIST) {
      checkList(key, value, Collections.nCopies(value.texts().size(), value.place()));
    } else {
      check(key, value, "");
    }
  }

  /** Takes a list if every item can be used. */
  void checkList(String key, Value list, List<Place> places) {
    List<String> usable = new ArrayList<>();
    for (int i = 0; i < list.texts().size(); i++) {
      secrets
          .resolve(key, list.item(list.texts().get(i), places.get(i)))
          .filter(item -> isUsable(key, item, ""))
          .ifPresent(item -> usable.add(item.text()));
    }
    if (usable.size() == list.texts().size()) {
      put(key, list.withTexts(usable));
    }
  }

  /** Checks the values that must reach another one beside them; call when all are there. */
  void compareSiblings() {
    byKey.forEach(
        (key, value) ->
            value
                .schema()
                .atLeast()
                .map(name -> Keys.sibling(key, name))
                .filter(byKey::containsKey)
                .ifPresent(other -> compare(key, value, other)));
  }

  private boolean isUsable(String key, Value value, String reference) {
    Optional<String> fault = ValueCheck.fault(value.schema(), value.text(), reference);
    fault.ifPresent(sentence -> faults.add(value.place(), key, sentence));
    return fault.isEmpty();
  }

  private void compare(String key, Value value, String otherKey) {
    Value other = byKey.getOrDefault(otherKey, value);
    Kind kind = value.schema().kind();
    if (kind.measure(value.text()) < kind.measure(other.text())) {
      boolean isDefault = value.origin() == Origin.DEFAULT;
      faults.add(
          isDefault ? other.place() : value.place(),
          key,
          Quote.of(value.text())
              + (isDefault ? " (the default)" : "")
              + " is less than "
              + Keys.last(otherKey)
              + ", which is "
              + other.text()
              + "; write at least "
              + other.text());
    }
  }
}
