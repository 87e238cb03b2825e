package dev.usher.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML into nodes that know their places. SnakeYAML's node graph is used directly: a data
 * binding on top of it would lose the places, accept a key written twice and cost start-up time.
 */
final class YamlFile {

  /**
   * Few, because each may repeat the others: the whole file stays small once they are written out.
   */
  private static final int MOST_ALIASES = 20;

  private final Path file;
  private final Interpolation interpolation;
  private final Faults faults;
  private final Set<Node> around = Collections.newSetFromMap(new IdentityHashMap<>());

  YamlFile(Path file, Map<String, String> environment, Faults faults) {
    this.file = file;
    this.interpolation = new Interpolation(environment);
    this.faults = faults;
  }

  /**
   * The root of this text, or nothing when the text is empty.
   *
   * @throws InvalidSettings when it is not YAML, with the first such fault: past it, places mean
   *     little
   */
  Optional<YamlNode> parse(String text) throws InvalidSettings {
    try {
      return Optional.ofNullable(compose(text)).map(root -> node(root, ""));
    } catch (MarkedYAMLException e) {
      faults.add(Place.of(file, e.getProblemMark()), "", YamlFaults.sentence(e));
    } catch (YAMLException e) {
      faults.add(Place.whole(file), "", YamlFaults.sentence(e));
    }
    faults.throwIfAny();
    return Optional.empty();
  }

  private static Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    String withoutByteOrderMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    StreamReader reader = new StreamReader(withoutByteOrderMark);
    return new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
  }

  private YamlNode node(Node node, String key) {
    Place place = Place.of(file, node.getStartMark());
    if (!around.add(node)) {
      faults.add(place, key, "contains itself; write the value out");
      return new YamlNode.Scalar(place, "", "", true);
    }
    YamlNode converted = convert(node, key, place);
    around.remove(node);
    return converted;
  }

  private YamlNode convert(Node node, String key, Place place) {
    if (node instanceof MappingNode mapping) {
      return new YamlNode.Mapping(place, entries(mapping, key));
    }
    if (node instanceof SequenceNode sequence) {
      return new YamlNode.Sequence(
          place, sequence.getValue().stream().map(item -> node(item, key)).toList());
    }
    return scalar((ScalarNode) node, key, place);
  }

  private YamlNode.Scalar scalar(ScalarNode node, String key, Place place) {
    String text =
        interpolation.resolve(node.getValue(), message -> faults.add(place, key, message));
    boolean isNothing =
        node.getTag().equals(Tag.NULL) && node.getScalarStyle() == ScalarStyle.PLAIN;
    return new YamlNode.Scalar(place, text, node.getValue(), isNothing);
  }

  private Map<String, YamlNode.Entry> entries(MappingNode mapping, String key) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      add(entries, tuple, key);
    }
    return entries;
  }

  private void add(Map<String, YamlNode.Entry> entries, NodeTuple tuple, String parent) {
    Place place = Place.of(file, tuple.getKeyNode().getStartMark());
    if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
      faults.add(place, parent, "a key here is itself a list or a group; write a single word");
      return;
    }
    String key = Keys.below(parent, name.getValue());
    YamlNode.Entry entry = new YamlNode.Entry(place, node(tuple.getValueNode(), key));
    YamlNode.Entry earlier = entries.putIfAbsent(name.getValue(), entry);
    if (earlier != null) {
      int line = earlier.keyPlace().line();
      faults.add(place, key, "is written twice, first in line " + line + "; leave one out");
    }
  }
}
