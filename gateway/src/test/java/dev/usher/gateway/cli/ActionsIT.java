package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActionsIT extends WithScriptedGateway {

  private static final String ACTIONS =
      """
      {"revision":3,"problems":[],"dormant":["old"],
       "aside":[{"name":"crm","why":"override:crm/x is wrong","mend":"usher actions reset crm"}],"actions":[
       {"name":"mail","configured":true,"required":true,"paused":false,"address":"signup.mail",
        "instances":1,"deliveries":{"pending":0}},
       {"name":"crm","configured":true,"required":false,"paused":true,"address":"signup.crm",
        "instances":0,"deliveries":{"pending":7},
        "override":{"token":"anna","body":{"paused":true}},
        "shadowed":[{"key":"paused","value":"false","place":"config/actions.yaml:4:5"}]}]}
      """;
  private static final String CHANGED =
      """
      {"name":"crm","revision":4,"configured":true,"openSignups":12,"waiting":7,"settings":[
       {"key":"paused","value":"true"},{"key":"required","value":"true"}]}
      """;

  @Test
  void listShowsWhatWasSaidOverTheFile() {
    gateway.answer("GET /admin/actions", 200, ACTIONS);

    Run run = usher(new Prompt(folder).onTerminal(), "actions", "list");

    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            ACTION  REQUIRED          ADDRESS      HANDLERS  WAITING  OVERRIDE
            mail    required          signup.mail         1        0
            crm     optional, paused  signup.crm          0        7  {"paused":true} by anna, put aside
            """);
    assertThat(run.err())
        .contains("config/actions.yaml:4:5 crm.paused: false has no effect")
        .contains("the override of old has no effect")
        .contains("the override of crm is put aside", "x is wrong", "usher actions reset crm");
    assertThat(usher(new Prompt(folder), "actions", "list").out().lines()).hasSize(2);
  }

  @Test
  void everyChangeIsOneCall() {
    gateway.answer("PATCH /admin/actions/crm", 200, CHANGED);
    gateway.answer("PATCH /admin/actions/crm?reason=too+many", 200, CHANGED);
    gateway.answer("DELETE /admin/actions/crm", 200, CHANGED);

    for (String verb : new String[] {"require", "optional", "resume", "reset"}) {
      assertThat(usher(new Prompt(folder), "actions", verb, "crm").exit()).as(verb).isZero();
    }
    Run run =
        usher(new Prompt(folder).onTerminal(), "actions", "pause", "crm", "--reason", "too many");

    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "crm: required, paused, revision 4; signups accepted before keep their plan, 12 of"
                + " them are open");
    assertThat(gateway.requests())
        .extracting(ScriptedGateway.Request::body)
        .containsExactly(
            "{\"required\":true}",
            "{\"required\":false}",
            "{\"paused\":false}",
            "",
            "{\"paused\":true}");
  }

  @Test
  void whatTheGatewayRefusesIsToldWithItsFields() {
    gateway.answer(
        "PATCH /admin/actions/crm",
        422,
        "{\"title\":\"Unprocessable\",\"errors\":[{\"pointer\":\"/x\",\"detail\":\"no\"}]}");

    Run run = usher(new Prompt(folder), "actions", "pause", "crm");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("/x  no");
    assertThat(usher(new Prompt(folder), "actions", "pause", "../x").exit()).isEqualTo(2);
  }

  @Test
  void backfillGoesOnWhereThePieceBeforeStoppedAndShowsABar() {
    String path = "POST /admin/actions/crm/backfill";
    gateway
        .answer(path, 200, "{\"matched\":50,\"done\":50,\"next\":\"50\"}")
        .answer(path, 200, "{\"matched\":70,\"done\":0}")
        .answer(path, 200, "{\"matched\":50,\"done\":49,\"next\":\"100\"}")
        .answer(path, 200, "{\"matched\":20,\"done\":20}");

    Run run =
        usher(
            new Prompt(folder).onTerminal(),
            "actions",
            "backfill",
            "crm",
            "--since",
            "2026-01-01T00:00:00Z",
            "--rate",
            "10");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("crm planned for 119 of 120 signups");
    assertThat(run.err()).contains("backfill crm").contains("120/120");
    assertThat(gateway.requests().get(0).body())
        .isEqualTo(
            "{\"since\":\"2026-01-01T00:00:00Z\",\"all\":false,\"dryRun\":false,\"limit\":50,"
                + "\"rate\":10}");
    assertThat(gateway.requests().get(1).body()).contains("\"dryRun\":true", "\"after\":\"50\"");
    assertThat(gateway.requests().get(3).body()).contains("\"after\":\"100\"");
  }

  @Test
  void nothingButTheReportIsWrittenWherePiped() {
    String path = "POST /admin/actions/crm/backfill";
    gateway
        .answer(path, 200, "{\"matched\":50,\"done\":50,\"next\":\"50\"}")
        .answer(path, 503, "{\"detail\":\"down\"}");

    Run run =
        usher(new Prompt(folder), "actions", "backfill", "crm", "--since", "2026-01-01T00:00:00Z");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("50 were done; the same command goes on");
  }

  @Test
  void auditReadsPageByPageUpToTheLimit() {
    String entry =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"token\":\"anna\",\"verb\":\"redrive\",\"detail\":\"x\"}";
    gateway.answer(
        "GET /admin/audit?limit=2&token=anna", 200, "{\"entries\":[" + entry + "],\"next\":\"9\"}");
    gateway.answer(
        "GET /admin/audit?limit=1&token=anna&after=9",
        200,
        "{\"entries\":[" + entry + "],\"next\":\"8\"}");

    Run run = usher(new Prompt(folder).onTerminal(), "audit", "--token", "anna", "--limit", "2");

    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            AT                    TOKEN  VERB     DETAIL
            2026-01-01T00:00:00Z  anna   redrive  x
            2026-01-01T00:00:00Z  anna   redrive  x
            """);
  }

  @Test
  void anAuditOfNothingIsSaidToBeSo() {
    gateway.answer("GET /admin/audit?limit=100", 200, "{\"entries\":[]}");

    Run run = usher(new Prompt(folder), "audit");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualToIgnoringNewLines("no entries match");
  }

  @Test
  void completionKnowsTheCommands() {
    Run run = new Prompt(folder).usher("completion");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("complete -F", "actions", "dead-letters", "--since");
  }

  private Run usher(Prompt prompt, String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--url", gateway.url()))
            .toArray(String[]::new);
    return prompt.with("USHER_TOKEN", "a-token-of-some-length").usher(all);
  }
}
