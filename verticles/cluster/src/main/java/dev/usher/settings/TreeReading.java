package dev.usher.settings;

import dev.usher.settings.YamlNode.Entry;
import dev.usher.settings.YamlNode.Mapping;
import dev.usher.settings.YamlNode.Scalar;
import dev.usher.settings.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Walks a file along its schema: collects every value, the defaults too, and what is wrong. */
final class TreeReading {

  private final Values values;
  private final Faults faults;

  TreeReading(Values values, Faults faults) {
    this.values = values;
    this.faults = faults;
  }

  /** Reads a group of settings, and everything below it. */
  void group(Schema schema, String key, YamlNode node) {
    if (node instanceof Mapping mapping) {
      entries(schema, key, mapping);
    } else if (node instanceof Scalar scalar && scalar.isNothing()) {
      entries(schema, key, new Mapping(node.place(), Map.of()));
    } else {
      String what = node instanceof Sequence ? "a list" : "a single value";
      faults.add(
          node.place(), key, "is " + what + " but should be a group; write " + below(schema));
    }
  }

  private void entries(Schema schema, String key, Mapping mapping) {
    mapping.entries().forEach((name, entry) -> entry(schema, key, name, entry));
    for (String name : schema.properties().keySet()) {
      if (!mapping.entries().containsKey(name)) {
        absent(schema, key, name, mapping.place());
      }
    }
    if (schema.others().isPresent()) {
      values.names().put(key, mapping.entries().keySet().stream().toList());
    }
    oneOf(schema, key, mapping);
    schema.companions().forEach((name, others) -> companions(schema, key, mapping, name, others));
  }

  private void oneOf(Schema schema, String parent, Mapping mapping) {
    List<String> names = schema.alternatives();
    List<String> there = names.stream().filter(mapping.entries()::containsKey).toList();
    String others = String.join(" or ", names.subList(Math.min(1, names.size()), names.size()));
    if (there.isEmpty() && !names.isEmpty()) {
      faults.add(
          mapping.place(),
          Keys.below(parent, names.get(0)),
          "is missing; write " + schema.property(names.get(0)).write() + ", or else " + others);
    }
    for (String name : there.subList(Math.min(1, there.size()), there.size())) {
      faults.add(
          placeOf(mapping, name),
          Keys.below(parent, name),
          "stands beside " + there.get(0) + "; write only one of " + String.join(", ", names));
    }
  }

  private void companions(
      Schema schema, String parent, Mapping mapping, String name, List<String> others) {
    for (String other : others) {
      if (mapping.entries().containsKey(name) && !mapping.entries().containsKey(other)) {
        faults.add(
            placeOf(mapping, name),
            Keys.below(parent, other),
            "is missing beside " + name + "; write " + schema.property(other).write());
      }
    }
  }

  private static Place placeOf(Mapping mapping, String name) {
    Entry entry = mapping.entries().get(name);
    return entry == null ? mapping.place() : entry.keyPlace();
  }

  private void entry(Schema schema, String parent, String name, Entry entry) {
    String key = Keys.below(parent, name);
    Schema property = schema.properties().get(name);
    if (property != null) {
      read(property, key, entry.value());
    } else if (schema.others().isPresent()) {
      ValueCheck.fault(schema.names(), name, "")
          .ifPresent(fault -> faults.add(entry.keyPlace(), key, fault));
      read(schema.others().get(), key, entry.value());
    } else if (schema.isOpen()) {
      OpenValues.read(key, entry.value(), values);
    } else {
      faults.add(entry.keyPlace(), key, UnknownKey.sentence(schema, parent, name));
    }
  }

  private void absent(Schema schema, String parent, String name, Place place) {
    String key = Keys.below(parent, name);
    Schema property = schema.property(name);
    if (schema.required().contains(name)) {
      faults.add(place, key, "is missing; write " + property.write());
    } else if (property.isGroups()) {
      values.names().put(key, List.of());
    } else if (property.isGroup()) {
      group(property, key, new Scalar(place, "", "", true));
    } else {
      values.put(key, Value.ofDefault(property));
    }
  }

  private void read(Schema schema, String key, YamlNode node) {
    if (schema.isGroup()) {
      group(schema, key, node);
    } else if (schema.isGroups()) {
      groups(schema, key, node);
    } else if (node instanceof Scalar scalar) {
      scalar(schema, key, scalar);
    } else if (node instanceof Sequence sequence && schema.kind() == Kind.LIST) {
      list(schema, key, sequence);
    } else {
      String what = node instanceof Sequence ? "a list" : "a group";
      faults.add(
          node.place(), key, "is " + what + " but should be one value; write " + schema.write());
    }
  }

  /** Each item is a group of its own below its place in the list: {@code admin.tokens.0.name}. */
  private void groups(Schema schema, String key, YamlNode node) {
    if (!(node instanceof Sequence sequence)) {
      faults.add(node.place(), key, "is no list; write " + schema.write());
      return;
    }
    List<String> numbers = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      String number = String.valueOf(numbers.size());
      numbers.add(number);
      group(schema.items(), Keys.below(key, number), item);
    }
    values.names().put(key, numbers);
  }

  private void scalar(Schema schema, String key, Scalar scalar) {
    if (scalar.isNothing()) {
      faults.add(
          scalar.place(), key, "has no value; write " + schema.write() + ", or take the line out");
    } else if (scalar.isInterpolated() && scalar.text().isEmpty()) {
      values.put(key, Value.ofDefault(schema));
    } else {
      Value value = Value.ofText(schema, scalar.text(), scalar.place().origin(), scalar.place());
      values.check(key, value, scalar.reference());
    }
  }

  private void list(Schema schema, String key, Sequence sequence) {
    List<Scalar> items = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof Scalar scalar) {
        items.add(scalar);
      } else {
        faults.add(item.place(), key, "is no single value; write " + schema.write());
      }
    }
    values.checkList(
        key,
        new Value(
            schema,
            items.stream().map(Scalar::text).toList(),
            sequence.place().origin(),
            sequence.place()),
        items.stream().map(Scalar::place).toList());
  }

  private static String below(Schema schema) {
    return schema.others().isPresent()
        ? schema.write()
        : String.join(", ", schema.properties().keySet()) + " below it";
  }
}
