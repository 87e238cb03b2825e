package dev.usher.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The conforming handlers that Usher comes with, one in each way to write one. */
final class Examples {

  private final Path home;
  private final Path examples;
  private final Site site;

  Examples(Site site) {
    this.home = site.home();
    this.examples = home.resolve("verticles/examples");
    this.site = site;
  }

  List<Subject> all() {
    return List.of(java(), plain(), python(), node(), webhook());
  }

  private Subject java() {
    List<String> command = new ArrayList<>(Java.COMMAND);
    command.addAll(List.of("-cp", file("verticles/conformance/target/usher-conformance.jar")));
    command.add(examples.resolve("java/ConformingHandler.java").toString());
    command.addAll(List.of("--config", site.config().toString()));
    command.addAll(List.of("--data", site.data().toString()));
    return new Subject("java", "conformance.java", command);
  }

  private Subject plain() {
    List<String> command = new ArrayList<>(Java.COMMAND);
    command.add("-Dvertx.hazelcast.config=" + site.clusterXml());
    command.addAll(List.of("-cp", file("verticles/examples/target/usher-example-plain.jar")));
    command.add("dev.usher.examples.ConformingVerticle");
    return new Subject("plain-verticle", "conformance.plain", command);
  }

  private Subject python() {
    return new Subject(
        "python",
        "conformance.python",
        List.of(
            "env",
            "PYTHONPATH=" + home.resolve("verticles/python/src"),
            "PYTHONDONTWRITEBYTECODE=1",
            "python3",
            "-m",
            "usher",
            examples.resolve("python/conforming.py").toString()));
  }

  private Subject node() {
    return new Subject(
        "node",
        "conformance.node",
        List.of(
            "node",
            file("verticles/node/bin/usher-handler.mjs"),
            examples.resolve("node/conforming.mjs").toString()));
  }

  private Subject webhook() {
    String port = Integer.toString(Ports.free(1).first());
    return new Subject(
        "webhook",
        "http://127.0.0.1:" + port + "/signups",
        List.of("python3", examples.resolve("python/conforming_webhook.py").toString(), port));
  }

  private String file(String path) {
    return home.resolve(path).toString();
  }
}
