package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandlersIT extends WithScriptedGateway {

  private static final String LIST = "GET /admin/handlers";

  @Test
  void listHasALineForEachVersionInForce() {
    gateway.answer(
        LIST,
        200,
        """
        {"handlers":[],"unused":[],"versions":[
          {"deployment":"crm#2","attempts":80,"errorRate":0,"p99Ms":9.5},
          {"deployment":"crm#3","attempts":8,"errorRate":0.375,"p99Ms":20}],
         "deployed":[
         {"name":"crm","number":2,"state":"current","share":100,"file":"crm.jar","token":"anna",
          "addresses":["signup.crm"],"serving":2,"runners":2},
         {"name":"crm","number":3,"state":"canary","share":10,"file":"crm.jar","token":"ci",
          "addresses":["signup.crm"],"serving":1,"runners":2},
         {"name":"mail","number":1,"state":"failed","share":100,"file":"m.py","token":"anna",
          "why":"no python3","addresses":[],"serving":0,"runners":2}]}
        """);

    Run run = usher(new Prompt(folder).onTerminal(), "handlers", "list");

    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            HANDLER  VERSION  STATE    SHARE  SERVING  ATTEMPTS  ERRORS  P99      ADDRESS     FILE     BY
            crm            2  current  100 %  2/2      80        0.0 %   9.5 ms   signup.crm  crm.jar  anna
            crm            3  canary   10 %   1/2      8         37.5 %  20.0 ms  signup.crm  crm.jar  ci
            mail           1  failed   100 %  0/2                                             m.py     anna
            """);
    assertThat(run.err()).isEqualToIgnoringNewLines("mail version 1 does not start: no python3");
    assertThat(usher(new Prompt(folder), "handlers", "list").out().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("\"figures\":{\"deployment\":\"crm#3\",\"attempts\":8"));
  }

  @Test
  void listHasWhatServesWithoutBeingDeployedAndWhereItComesFrom() {
    gateway.answer(
        LIST,
        200,
        """
        {"deployed":[],"versions":[
          {"handler":"crm","version":"1.0","deployment":"","attempts":8,"errorRate":0.5,"p99Ms":9}],
         "handlers":[
          {"handler":"crm","version":"1.0","origin":"hand","deployment":"","language":"python",
           "address":"signup.crm","state":"up"},
          {"handler":"crm","version":"1.0","origin":"hand","deployment":"","language":"python",
           "address":"signup.crm","state":"draining"},
          {"handler":"mail","version":"2.0","origin":"folder","deployment":"mail#0",
           "language":"java","address":"signup.email","state":"up"},
          {"handler":"list","version":"1.0","origin":"deployed","deployment":"list#3",
           "language":"java","address":"signup.list","state":"up"},
          {"handler":"x.example","kind":"webhook","address":"https://x.example","state":"up"}]}
        """);

    assertThat(usher(new Prompt(folder).onTerminal(), "handlers", "list").out())
        .isEqualToNormalizingNewlines(
            """
            NOT DEPLOYED  VERSION  FROM    LANGUAGE  SERVING  ATTEMPTS  ERRORS  P99     ADDRESS
            crm           1.0      hand    python    1/2      8         50.0 %  9.0 ms  signup.crm
            mail          2.0      folder  java      1/1                                signup.email
            """);
    assertThat(usher(new Prompt(folder), "handlers", "list").out().lines())
        .contains(
            "{\"name\":\"mail\",\"version\":\"2.0\",\"origin\":\"folder\",\"language\":\"java\","
                + "\"addresses\":[\"signup.email\"],\"serving\":1,\"instances\":1}");
  }

  @Test
  void anEmptyListSaysHowToBegin() {
    gateway.answer(LIST, 200, "{\"deployed\":[]}");

    Run run = usher(new Prompt(folder).onTerminal(), "handlers", "list");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("nothing is hot-deployed: usher deploy FILE");
  }

  @Test
  void ofALongErrorTheBeginningIsShownAndWhereTheRestIs() {
    gateway.answer(
        LIST,
        200,
        """
        {"deployed":[{"name":"m","number":1,"state":"failed","why":"host:1: %s"}]}
        """
            .formatted("x".repeat(300)));

    assertThat(usher(new Prompt(folder).onTerminal(), "handlers", "list").err())
        .isEqualToIgnoringNewLines(
            "m version 1 does not start: host:1: " + "x".repeat(152) + "…: usher handlers logs m");
  }

  @Test
  void everyChangeIsOneCallAndSaysWhatIsInForce() {
    String now =
        "{\"versions\":[{\"number\":3,\"state\":\"next\"},{\"number\":2,\"state\":\"current\"}]}";
    gateway
        .answer("POST /admin/handlers/crm/promote", 202, now)
        .answer("POST /admin/handlers/crm/rollback", 202, now)
        .answer("DELETE /admin/handlers/crm", 202, "{\"versions\":[]}");

    assertThat(usher(new Prompt(folder).onTerminal(), "handlers", "promote", "crm").out())
        .contains("crm: version 3 is tried, version 2 is current");
    assertThat(usher(new Prompt(folder), "handlers", "rollback", "crm").out()).startsWith("{");
    assertThat(usher(new Prompt(folder).onTerminal(), "handlers", "undeploy", "crm").out())
        .contains("crm: undeployed");
    assertThat(usher(new Prompt(folder), "handlers", "promote", "a/b").exit()).isEqualTo(2);
  }

  @Test
  void whatCannotBeDoneIsToldInTheGatewaysWords() {
    gateway.answer(
        "POST /admin/handlers/crm/promote",
        409,
        "{\"title\":\"Conflict\",\"detail\":\"Nothing was done: there is no canary of crm.\"}");

    Run run = usher(new Prompt(folder), "handlers", "promote", "crm");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("there is no canary of crm");
  }

  @Test
  void logsAreOneLineEach() {
    gateway.answer(
        "GET /admin/handlers/crm/logs?lines=5",
        200,
        "{\"lines\":[" + line("hello") + "],\"silent\":[\"host:2\"]}");

    Run run = usher(new Prompt(folder).onTerminal(), "handlers", "logs", "crm", "--lines", "5");

    assertThat(run.out())
        .isEqualToIgnoringNewLines("2026-01-31T12:00:00Z  host:1  version 3  INFO  hello");
    assertThat(run.err()).isEqualToIgnoringNewLines("no answer from host:2");
  }

  @Test
  void followedLogsShowEachLineOnceAndEndWithTheHandler() {
    String logs = "GET /admin/handlers/crm/logs?lines=1000";
    gateway
        .answer(logs, 200, lines(line("old"), line("one")))
        .answer(logs, 200, lines(line("old"), line("one"), line("one"), line("two")))
        .answer(logs, 404, "{\"title\":\"Not Found\"}");

    Run run =
        usher(new Prompt(folder).onTerminal(), "handlers", "logs", "crm", "--lines=1", "--follow");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out().lines().map(text -> text.replaceAll(".* ", "")))
        .containsExactly("one", "one", "two");
  }

  @Test
  void aFilesNameIsMadeFit() throws CommandFailed {
    assertThat(HandlerName.from(Path.of("/x/usher-email.jar"))).isEqualTo("usher-email");
    assertThat(HandlerName.from(Path.of("My CRM_2.0.mjs"))).isEqualTo("my-crm-2-0");
    assertThat(HandlerName.from(Path.of(".hidden"))).isEqualTo("hidden");
    assertThat(HandlerName.from(Path.of("a".repeat(99) + ".py"))).hasSize(63);
  }

  private static String lines(String... lines) {
    return "{\"lines\":[" + String.join(",", lines) + "],\"silent\":[]}";
  }

  private static String line(String text) {
    return "{\"at\":\"2026-01-31T12:00:00Z\",\"runner\":\"host:1\",\"version\":3,\"level\":\"INFO\","
        + "\"text\":\""
        + text
        + "\"}";
  }

  private Run usher(Prompt prompt, String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--url", gateway.url()))
            .toArray(String[]::new);
    return prompt.with("USHER_TOKEN", "a-token-of-some-length").usher(all);
  }
}
