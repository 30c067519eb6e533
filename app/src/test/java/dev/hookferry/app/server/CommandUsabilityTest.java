package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everyday commands as typed by users of other command lines. */
final class CommandUsabilityTest extends SiteCommands {

  @TempDir private Path folder;

  @Test
  void aKeyIsForTheSiteThatTheVariableNames() {
    assertThat(inEnvironment("keys add x --scope publish"))
        .matches("added key_\\w+ \\(publish, site " + site() + "\\); the key is shown only .*");
    assertThat(inEnvironment("keys add x --scope publish,read --all-sites"))
        .contains("(publish, read, all sites)");
    assertThat(inEnvironment("keys add ops --scope admin")).contains("(admin, all sites)");
    assertThat(run("keys", "add", "x", "--scope", "read").out()).contains("(read, all sites)");
    CommandResult both =
        run("keys", "add", "x", "--scope", "read", "--site", site(), "--all-sites");
    assertThat(both.err()).isEqualTo("hookferry: --all-sites: must not be given with --site\n");
    assertThat(both.code()).isEqualTo(2);
  }

  /** Returns the first line that a command prints in a process with variables. */
  private String inEnvironment(String command) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOOKFERRY_URL", fixture.server().address().toString());
    variables.put("HOOKFERRY_KEY", ServerFixture.KEY);
    variables.put("HOOKFERRY_SITE", site());
    try (ServerChild child =
        ServerChild.run(folder, 0, variables, List.of(command.split(" ", -1)))) {
      assertThat(child.exitCode()).as(child.log()).isZero();
      return child.log().lines().findFirst().orElse("");
    }
  }

  @Test
  void aSuggestedCommandIsForTheSiteThatWasNamed() {
    assertThat(onSite("send", "order.created", "{}").err())
        .endsWith("to declare it: hookferry event-types add order.created --site " + site() + "\n");
    assertThat(onSite("endpoints", "show", "nope").err())
        .endsWith("; hookferry endpoints list --site " + site() + " shows all\n");
    assertThat(onSite("log", "--endpoint", "nope").err())
        .endsWith("; hookferry endpoints list --site " + site() + " shows all\n");
    assertThat(onSite("portal", "link", "c-17").err())
        .endsWith(": hookferry settings change portal.enabled=true --site " + site() + "\n");
    assertThat(run("endpoints", "show", "nope").err())
        .endsWith("; hookferry endpoints list shows all\n");
  }

  @Test
  void typeMayBeAPatternAndInvalidOnesAreReported() {
    tenant.publish("{'type':'license_created','data':{}}".replace('\'', '"'));
    tenant.publish("{'type':'customer_created','data':{}}".replace('\'', '"'));
    CommandResult some = done("events", "list", "--type", "license_*");
    assertThat(some.out().lines()).hasSize(2);
    assertThat(some.out()).contains("license_created");
    assertThat(done("events", "list", "--type", "*").out().lines()).hasSize(3);
    for (String[] command :
        List.of(
            new String[] {"events", "list"},
            new String[] {"deliveries", "list"},
            new String[] {"log"},
            new String[] {"replays", "start", "--since", "1h", "--dry-run"})) {
      CommandResult wrong = done(with(command, "--type", "licence_created"));
      assertThat(wrong.err())
          .contains(
              "warning: licence_created is not a declared event type of this site; did you mean"
                  + " license_created?");
      CommandResult none = onSite(with(command, "--type", "licence_*"));
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err())
          .isEqualTo(
              "hookferry: --type: must match an event type of this site (got licence_*); hookferry"
                  + " event-types list --site "
                  + site()
                  + " shows all\n");
    }
    assertThat(done("log", "--type", "test").err()).isEmpty();
  }

  @Test
  void acceptsAUniqueShortenedId() {
    String id = tenant.endpoint(url, "*").path("id").asText();
    String end = id.substring(id.length() - 8);
    assertThat(done("endpoints", "show", "ep_…" + end).out()).contains(id);
    assertThat(done("endpoints", "show", "ep_0..." + end).out()).contains(id);
    assertThat(done("deliveries", "list", "--endpoint=ep_…" + end).out()).contains("no deliveries");
    CommandResult none = onSite("endpoints", "show", "ep_…zzzzzzzz");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo(
            "hookferry: ep_…zzzzzzzz is shortened, and none of the newest endpoints has such an id;"
                + " -o wide shows ids in full\n");
    assertThat(onSite("endpoints", "show", "ä b").err()).doesNotContain("%");
  }

  @Test
  void aTerminalShowsTheUidOfAnEndpoint() {
    String id = tenant.endpoint(url, "*").path("id").asText();
    done("endpoints", "change", id, "--uid", "crm-eu");
    done("send", "license_created", "{}", "--wait");
    String[] list = withServer("deliveries", "list");
    assertThat(CommandResult.inColor(100, list).out()).contains("  crm-eu  ").doesNotContain("ep_");
    assertThat(CommandResult.run(list).out()).contains(id);
  }

  @Test
  void attemptsNameTheirDeliveryAndTheEndNamesTheUrl() {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> 503);
    tenant.endpoint(url, "*");
    CommandResult sent = onSite("send", "license_created", "{}", "--wait");
    String id = tenant.list("deliveries").get(0).path("id").asText();
    List<String> lines = sent.out().lines().toList();
    assertThat(lines.get(1)).contains(" ms  " + id + "  " + url);
    assertThat(lines.get(2)).startsWith(id + " exhausted").endsWith("  " + url);
    assertThat(done("log", "--details").out()).contains(id + "  " + url);
    assertThat(done("deliveries", "show", id).out()).containsOnlyOnce(id);
  }

  @Test
  void resentEventShowsItsOutcome() {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> 503);
    String endpoint = tenant.endpoint(url, "*").path("id").asText();
    String event = tenant.publish("{\"type\":\"license_created\",\"data\":{}}").path("id").asText();
    tenant.awaitDeliveries("exhausted", 1);
    assertThat(onSite("events", "resend", event, endpoint).out())
        .containsPattern(
            "dlv_\\w+ to " + endpoint + ": resent; attempt 2 failed: HTTP 503 after \\d+ ms");
    done("endpoints", "pause", endpoint);
    assertThat(done("events", "resend", event, endpoint).out()).contains(": held");
    done("endpoints", "change", endpoint, "--uid", "crm");
    assertThat(done("events", "resend", event, "crm").out())
        .contains(" to crm: held")
        .doesNotContain(endpoint);
  }

  @Test
  void repeatedEventIsReportedAsAcceptedBefore() throws IOException {
    tenant.endpoint(url, "*");
    String[] send = {"send", "license_created", "{}", "--id", "order-1"};
    assertThat(done(send).out()).isEqualTo("accepted order-1: 1 delivery" + System.lineSeparator());
    String again = "order-1 was accepted before: 1 delivery; nothing is resent";
    assertThat(done(send).out()).isEqualTo(again + System.lineSeparator());
    assertThat(done(with(send, "--wait")).out()).startsWith(again).contains("delivered");
    assertThat(json(done(with(send, "--json"))).path("repeated").asBoolean()).isTrue();
    assertThat(json(done(with(send, "--json", "--wait"))).path("repeated").asBoolean()).isTrue();
  }

  @Test
  void acceptsVerbsOfOtherPrograms() throws IOException {
    assertThat(done("event-types", "create", "order.paid", "--description", "x").out())
        .isEqualTo(
            "added the event type order.paid: policy off, no schema" + System.lineSeparator());
    assertThat(done("event-types", "put", "order.paid", "--schema", "{}").out())
        .startsWith("updated the event type order.paid: policy off, version 1 of the schema");
    assertThat(done("event-types", "put", "order.sent").out())
        .startsWith("added the event type order.sent");
    String schema = "{\"type\":\"object\"}";
    assertThat(done("event-types", "add-version", "order.paid", "2", "--schema", schema).out())
        .startsWith("added a version of the schema of order.paid: policy off, version 2 of the");
    assertThat(done("event-types", "ls").out()).contains("order.paid");
    assertThat(done("event-types", "rm", "order.paid", "--yes").out()).contains("removed");
    JsonNode key =
        new ObjectMapper().readTree(run("keys", "create", "x", "--scope", "read", "--json").out());
    String id = key.path("id").asText();
    assertThat(run("keys", "delete", id, "--yes").out()).contains("revoked the key " + id);
    assertThat(done("settings", "edit", "webHookMaxRetries=4").code()).isZero();
    assertThat(run("sites", "show", site()).out()).containsPattern("(?m)^ID +" + site() + "$");
  }

  @Test
  void changeIsShownAsADifference() {
    String id = tenant.endpoint(url, "*").path("id").asText();
    assertThat(done("endpoints", "change", id, "--timeout", "5s", "--type", "*").out().lines())
        .containsExactlyInAnyOrder("Timeout: the site's → 5s", "Event types: unchanged");
    CommandResult settings =
        done("settings", "change", "webHookMaxRetries=7", "webHookSecretKey=hush");
    assertThat(settings.out().lines())
        .containsExactly("webHookMaxRetries: 2 → 7", "webHookSecretKey: none → ********");
    assertThat(done("settings", "change", "webHookSecretKey=hush2").out())
        .isEqualTo("webHookSecretKey: saved" + System.lineSeparator());
    for (String types : new String[] {"a.b,c.d", "[\"a.b\", \"c.d\"]"}) {
      done("settings", "change", "eventTypes=" + types);
      assertThat(done("settings", "list", "eventTypes").out()).containsPattern("a\\.b,c\\.d");
    }
    assertThat(done("settings", "change", "portal.enabled=true").out())
        .contains("portal.enabled: false → true");
    assertThat(done("settings", "change", "portal.enabled=true").out())
        .isEqualTo("portal: unchanged" + System.lineSeparator());
    assertThat(done("endpoints", "change", id, "--retry", "8:10").out().lines())
        .containsExactly(
            "Retry back-off: the site's → fixed",
            "Retry interval: the site's → 10 s",
            "Retries: the site's → 8");
    assertThat(done("endpoints", "change", id, "--retry", "5s,1m", "--rate-limit", "10/s").code())
        .isZero();
    assertThat(done("endpoints", "change", id, "--retry", "site", "--rate-limit", "site").out())
        .contains("Retry schedule: 5s, 1m → the site's", "Requests per second: 10 → the site's");
    assertThat(done("endpoints", "change", id, "--description", "x", "--json").out())
        .contains("\"eventTypes\": ");
  }

  @Test
  void whoamiPrintsTheKeysIdScopesAndSite() throws IOException {
    JsonNode made =
        new ObjectMapper()
            .readTree(
                run("keys", "add", "ci", "--scope", "publish", "--site", site(), "--json").out());
    String address = fixture.server().address().toString();
    CommandResult self =
        CommandResult.run(
            "keys", "whoami", "--server", address, "--key", made.path("key").asText());
    assertThat(self.out())
        .containsPattern("(?m)^ID +" + made.path("id").asText() + "$")
        .containsPattern("(?m)^Scopes +publish$")
        .containsPattern("(?m)^Site +" + site() + "$");
    assertThat(CommandResult.run("keys", "whoami", "--server", address, "--key", "hf_no").code())
        .isEqualTo(5);
  }

  @Test
  void reportsAllProblemsOfANewEndpointAtOnce() {
    assertThat(onSite("endpoints", "add", "ftp://x/y", "--timeout", "90s").err())
        .contains(
            "\n  URL: ",
            "\n  --timeout: ",
            "\n  --type is required: event types to receive, such as --type 'license_*'");
    assertThat(onSite("endpoints", "add", url).err())
        .isEqualTo(
            "hookferry: --type is required: event types to receive, such as --type 'license_*'\n");
  }

  @Test
  void dataMayBeAnyJson() {
    tenant.endpoint(url, "*");
    for (String data : List.of("[1]", "\"x\"", "7", "null")) {
      assertThat(done("send", "license_created", data).out()).contains("1 delivery");
    }
    CommandResult none = run("send");
    assertThat(none.err())
        .isEqualTo(
            "hookferry: TYPE is required: the event type, such as license_created; to send a whole"
                + " event from standard input: hookferry send -\n"
                + "see: hookferry send --help\n");
  }

  @Test
  void aBodyIsPreviewedForATypeThatTheEndpointGets() {
    String id = tenant.endpoint(url, "customer_*").path("id").asText();
    assertThat(done("endpoints", "body-preview", id, "--data", "{}", "--body", "standard").out())
        .contains("customer_created");
  }
}
