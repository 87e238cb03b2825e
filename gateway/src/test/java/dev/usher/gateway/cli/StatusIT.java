package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusIT {

  private static final String HEALTH =
      """
      {"status":"up","journal":"up","cluster":{"name":"usher","members":3}}""";
  private static final String TOTALS =
      """
      {"signups":{"accepted":10,"completed":9,"failed":0,"open":1},\
      "deliveries":{"planned":15,"succeeded":13,"dead":0,"cancelled":0,"pending":2,"running":0}}""";
  private static final String ACTIONS =
      """
      {"revision":3,"problems":["config/actions.yaml:14:11 no"],"actions":[\
      {"name":"welcome-email","configured":true,"required":true,"key":"welcome-email",\
      "address":"signup.email","timeout":"30s","concurrency":256,"instances":2,"inFlight":3,\
      "deliveries":{"pending":13,"running":3,"succeeded":1000,"dead":0,"cancelled":0},\
      "waiting":{"no-handler":12},"oldestWaitingSeconds":72},\
      {"name":"crm","configured":false,"required":false,"key":"company","address":"signup.crm",\
      "instances":0,"deliveries":{"pending":0,"running":0,"succeeded":7,"dead":4,"cancelled":0},\
      "waiting":{}},\
      {"name":"removed-and-settled","configured":false,"required":false,"address":"signup.old",\
      "instances":0,"deliveries":{"pending":0,"running":0,"succeeded":9,"dead":0,"cancelled":0},\
      "waiting":{}}]}""";
  private static final String HANDLERS =
      """
      {"handlers":[{"instance":"email-k3j","handler":"welcome-email","kind":"kit",\
      "address":"signup.email","node":"n","version":"0.1.0","language":"java","slots":256,\
      "inFlight":3,"state":"up","actions":["welcome-email"]},\
      {"instance":"plain","handler":"plain","kind":"plain","address":"signup.crm","inFlight":0,\
      "state":"up"}],\
      "unused":[{"address":"signup.emial","near":"signup.email"},{"address":"signup.x"}]}""";

  @TempDir private Path folder;
  private ScriptedGateway gateway;
  private Prompt prompt;

  @BeforeEach
  void start() throws IOException {
    gateway =
        new ScriptedGateway()
            .answer("GET /admin/totals", 200, TOTALS)
            .answer("GET /admin/actions", 200, ACTIONS)
            .answer("GET /admin/handlers", 200, HANDLERS);
    prompt = new Prompt(folder).with("USHER_URL", gateway.url() + "/").with("USHER_TOKEN", "t");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void statusIsOnePageOnTerminal() {
    gateway.answer("GET /health/ready", 200, HEALTH);

    Run run = prompt.onTerminal().usher("status");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            gateway     %s
            status      up
            journal     up
            cluster     usher, 3 members
            signups     10 accepted = 9 completed + 0 failed + 1 open
            deliveries  15 planned = 13 succeeded + 0 dead + 0 cancelled + 2 pending + 0 running

            ACTION         REQUIRED  ADDRESS       HANDLERS  RUNNING  WAITING                                  SUCCEEDED  DEAD
            welcome-email  required  signup.email         2        3  12 no-handler, 1 pending (oldest 1m12s)       1000     0
            crm            removed   signup.crm           0        0                                                   7     4

            HANDLER        INSTANCE   ADDRESS       STATE  IN FLIGHT  VERSION  KIND
            welcome-email  email-k3j  signup.email  up     3/256      0.1.0    kit java
            plain          plain      signup.crm    up     0                   plain

            signup.emial has listeners but no action; did you mean signup.email?
            signup.x has listeners but no action
            configuration not in force: config/actions.yaml:14:11 no
            """
                .formatted(gateway.url()));
  }

  @Test
  void whatIsDeployedHasALineForEachVersionAndWhatIsWrongWithIt() {
    gateway
        .answer("GET /health/ready", 200, HEALTH)
        .answer(
            "GET /admin/handlers",
            200,
            """
            {"handlers":[],"unused":[],"deployed":[
             {"name":"crm","number":2,"state":"current","share":100,
              "addresses":["signup.crm"],"serving":2,"runners":2},
             {"name":"crm","number":3,"state":"canary","share":10,
              "addresses":["signup.crm"],"serving":1,"runners":2},
             {"name":"mail","number":1,"state":"failed","share":100,"addresses":[],
              "serving":0,"runners":2,"why":"host:1: no api.url:\\n  at Mail.java:7"}]}
            """);

    assertThat(prompt.onTerminal().usher("status").out()).doesNotContain("DEPLOYED");
    assertThat(prompt.onTerminal().usher("status").out())
        .containsIgnoringNewLines(
            """
            DEPLOYED  VERSION  STATE         SERVING  ADDRESS
            crm             2  current       2/2      signup.crm
            crm             3  canary, 10 %  1/2      signup.crm
            mail            1  failed        0/2

            mail version 1 does not start: host:1: no api.url…: usher handlers logs mail
            """);
  }

  @Test
  void statusIsOneJsonObjectWhenPiped() {
    gateway.answer("GET /health/ready", 200, HEALTH);

    assertThat(prompt.usher("status").out().lines())
        .containsExactly(
            "{\"url\":\"%s\",\"health\":%s,\"totals\":%s,%s,%s"
                .formatted(
                    gateway.url(),
                    HEALTH,
                    TOTALS,
                    ACTIONS.substring(1, ACTIONS.length() - 1),
                    HANDLERS.substring(1)));
  }

  @Test
  void gatewayThatIsNotReadyIsStillShown() {
    gateway.answer("GET /health/ready", 503, "{\"status\":\"down\",\"journal\":\"down\"}");

    Run run = prompt.onTerminal().usher("status");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("journal     down");
  }

  @Test
  void diskThatIsNearlyFullIsNamed() {
    gateway.answer(
        "GET /health/ready", 503, "{\"status\":\"down\",\"journal\":\"up\",\"disk\":\"low\"}");

    assertThat(prompt.onTerminal().usher("status").out()).contains("disk        low");
  }

  @Test
  void everyAdminCallShowsTheToken() {
    gateway.answer("GET /health/ready", 200, HEALTH);

    prompt.usher("status");

    assertThat(gateway.requests())
        .filteredOn(request -> request.call().startsWith("GET /admin"))
        .hasSize(3)
        .allSatisfy(request -> assertThat(request.header("Authorization")).contains("Bearer t"));
  }

  @Test
  void somethingElseAtTheUrlIsNamedAsSuch() {
    gateway.answer("GET /health/ready", 200, "<html>");

    Run run = prompt.usher("status");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("is this the right port of a gateway?");
  }
}
