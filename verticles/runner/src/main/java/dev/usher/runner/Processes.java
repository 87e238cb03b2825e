package dev.usher.runner;

import dev.usher.cluster.ClusterSettings;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the processes of handlers are made of.
 *
 * @param settings what can be set about them
 * @param bridge where those in other languages connect to
 * @param packages for those languages
 * @param cluster how this process joined its cluster; theirs join in the same way
 * @param members where its members are now, as {@code host:port}
 */
record Processes(
    ProcessSettings settings,
    ScriptBridge bridge,
    LanguagePackages packages,
    ClusterSettings cluster,
    Supplier<List<String>> members) {}
