package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.CommandRun;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code actions.yaml} is edited while the gateway runs. */
class ReloadIT {

  private static final String WELCOME =
      "  welcome-email: { required: true, address: signup.email }";
  private static final String SUBSCRIBE =
      "  subscribe: { required: false, address: signup.subscribe }";
  private static final String SUBSCRIBE_REQUIRED =
      "  subscribe: { required: true, address: signup.subscribe }";
  private static final String CRM = "  crm: { required: false, key: company, address: signup.crm }";

  /** The plan of every signup, each with the revision that planned it. */
  private static final String PLANS =
      """
      SELECT DISTINCT config_rev, plan FROM (
        SELECT config_rev, group_concat(name || ':' || required, ' ' ORDER BY name) AS plan
        FROM signup JOIN delivery USING (seq) JOIN action ON action.no = delivery.action
        GROUP BY seq)
      ORDER BY config_rev
      """;

  @RegisterExtension final Cluster cluster = new Cluster().actions(WELCOME, SUBSCRIBE);

  @Test
  void editsWhileSignupsFlowGiveEachSignupThePlanOfOneConfiguration() {
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();
    for (String address : List.of("signup.email", "signup.subscribe", "signup.crm")) {
      cluster.startHandler(address, 64, item -> Future.succeededFuture(Verdict.SUCCEEDED));
    }
    Load load = Load.start(client, 16, Duration.ofMillis(5), ReloadIT::withEveryKey);
    load.awaitMore(100);

    edit(gateway, load, "~ subscribe: optional → required", WELCOME, SUBSCRIBE_REQUIRED);
    edit(gateway, load, "~ subscribe: required → optional", WELCOME, SUBSCRIBE);
    edit(gateway, load, "+ crm: optional (key company)", WELCOME, SUBSCRIBE, CRM);
    edit(gateway, load, "- subscribe", WELCOME, CRM);
    load.stop();
    Books books = client.awaitSettled(Duration.ofSeconds(60));

    assertThat(cluster.journal().query(PLANS))
        .containsExactly(
            "1|subscribe:0 welcome-email:1",
            "2|subscribe:1 welcome-email:1",
            "3|subscribe:0 welcome-email:1",
            "4|crm:0 subscribe:0 welcome-email:1",
            "5|crm:0 welcome-email:1");
    assertThat(load.statuses()).containsOnlyKeys(202);
    assertThat(load.breaks()).isEmpty();
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed()).isEqualTo(books.accepted()).isEqualTo(load.count());
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  @Test
  void whatIsOwedToARemovedActionWaitsUntilItIsBack() {
    cluster.actions();
    Gateway gateway = cluster.startGateway();
    gateway.process().awaitLine("there is no action: signups are accepted, and nothing is");
    GatewayClient client = gateway.client();
    assertThat(client.awaitCompleted(client.accept(withEveryKey(0))).path("actions")).isEmpty();
    cluster.actions(WELCOME, CRM);
    gateway.process().awaitLine("actions.yaml changed, revision 2");
    List<String> ids = new ArrayList<>();
    IntStream.range(0, 20).forEach(number -> ids.add(client.accept(withEveryKey(number))));
    String id = ids.get(0);
    awaitWaiting(client, id, "no-handler");

    cluster.actions(WELCOME);
    awaitWaiting(client, id, "no-action");
    cluster.startHandler("signup.crm", 8, item -> Future.succeededFuture(Verdict.SUCCEEDED));
    Await.until("the handler is known", () -> !client.instances("signup.crm").isEmpty());
    assertThat(client.waitingFor(id, "crm")).isEqualTo("no-action");
    gateway.process().awaitLine("20 deliveries of crm wait until that action is configured again");
    cluster.actions(WELCOME, CRM);

    Await.until(
        "all are delivered",
        () -> ids.stream().allMatch(one -> client.state(one, "crm").equals("succeeded")));
    assertThat(cluster.journal().query("SELECT DISTINCT attempts FROM delivery WHERE state = 2"))
        .containsExactly("1");
  }

  @Test
  void brokenFileChangesNothingAndEveryFaultIsNamedWithItsPlace() {
    Gateway gateway = cluster.startGateway();
    GatewayClient client = gateway.client();
    assertThat(ready(client).path("config").asText()).isEqualTo("up");

    cluster.actions(
        "  welcome-email: { required: treu, address: signup.email }",
        "  subscribe: { required: false, adress: signup.subscribe, timeout: 5 secs }");

    gateway.process().awaitLine("is not in force; revision 1 stays");
    assertThat(gateway.process().lines())
        .anyMatch(line -> line.matches(".*WARN .*actions\\.yaml:2:\\d+ .*required.*true.*"))
        .anyMatch(line -> line.matches(".*WARN .*actions\\.yaml:3:\\d+ .*adress.*address.*"))
        .anyMatch(line -> line.matches(".*WARN .*actions\\.yaml:3:\\d+ .*timeout.*5 secs.*"));
    assertThat(ready(client).path("config").asText()).isEqualTo("rejected");
    assertThat(ready(client).path("status").asText()).isEqualTo("up");
    assertThat(client.metric("usher_config_problems")).isGreaterThanOrEqualTo(3);
    assertThat(client.admin("/admin/actions").path("problems").toString())
        .contains("actions.yaml:2:");
    assertThat(client.receipt(client.accept(withEveryKey(1))).path("actions").fieldNames())
        .toIterable()
        .containsExactly("welcome-email", "subscribe");

    cluster.actions(WELCOME, SUBSCRIBE_REQUIRED);
    gateway.process().awaitLine("~ subscribe: optional → required");
    Await.until("the file is in force", () -> ready(client).path("config").asText().equals("up"));
    assertThat(client.metric("usher_config_problems")).isZero();
  }

  @Test
  void anOverrideThatTheFileNoLongerFitsKeepsNoGatewayFromStarting() {
    Gateway first = cluster.startGateway();
    assertThat(usher("actions", "require", "subscribe").exit()).isZero();
    first.process().terminate();
    assertThat(first.process().awaitEnd()).isZero();
    cluster.actions(
        "  welcome-email: { address: signup.email }",
        "  subscribe: { address: signup.subscribe, after: welcome-email }");

    CommandRun check = usher("config", "check", "--config", cluster.config().toString());
    assertThat(check.exit()).isEqualTo(1);
    assertThat(check.err()).contains("the override of subscribe", "usher actions reset subscribe");
    Gateway second = cluster.startGateway();
    assertThat(second.process().lines())
        .anyMatch(line -> line.matches(".*ERROR .*override of subscribe is put aside.*optional.*"));
    assertThat(ready(second.client()).path("overridesAside")).hasToString("[\"subscribe\"]");
    assertThat(second.client().metric("usher_overrides_aside")).isEqualTo(1);
    assertThat(usher("status").json().at("/aside/0/name").asText()).isEqualTo("subscribe");
    assertThat(usher("doctor", "--config", cluster.config().toString()).out())
        .contains("usher actions reset subscribe");

    assertThat(usher("actions", "reset", "subscribe").exit()).isZero();
    assertThat(second.client().metric("usher_overrides_aside")).isZero();
    assertThat(usher("config", "diff", "--config", cluster.config().toString()).out())
        .doesNotContain("not taken up");
  }

  private CommandRun usher(String... words) {
    return cluster.usher(
        Stream.concat(Stream.of(words), Stream.of("--data", cluster.data().toString()))
            .toArray(String[]::new));
  }

  private void edit(Gateway gateway, Load load, String told, String... actions) {
    cluster.actions(actions);
    String line = gateway.process().awaitLine(told, Duration.ofSeconds(10));
    assertThat(line).contains(" INFO ");
    load.awaitMore(100);
  }

  private static JsonNode ready(GatewayClient client) {
    return client.admin("/health/ready");
  }

  private static void awaitWaiting(GatewayClient client, String id, String reason) {
    Await.until("crm waits for " + reason, () -> client.waitingFor(id, "crm").equals(reason));
  }

  private static String withEveryKey(int number) {
    return Signups.person("user-" + number, ",\"subscribe\":true,\"company\":\"Acme\"");
  }
}
