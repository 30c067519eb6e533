package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as an operator needs them: they lose nothing, say why something failed, and how. */
final class OperatorCommandsTest extends SiteCommands {
  private static final String SCHEMA = "{\"type\":\"object\",\"maxProperties\":9007199254740993}";

  @TempDir private Path folder;

  @Test
  void aChangeOfAnEventTypeKeepsTheRest() throws IOException {
    done("event-types", "add", "inv.paid", "--description", "Paid", "--schema", SCHEMA);
    CommandResult changed =
        done("event-types", "edit", "inv.paid", "--description", "Paid in full");
    assertThat(changed.out().strip()).isEqualTo("Description: Paid → Paid in full");
    JsonNode type = json(done("event-types", "show", "inv.paid", "--json"));
    assertThat(type.path("schema").toString()).isEqualTo(SCHEMA);
    assertThat(type.path("version").asInt()).isEqualTo(1);
    assertThat(done("event-types", "update", "inv.paid", "--deprecated").out().strip())
        .isEqualTo("Deprecated: no → yes");
    assertThat(done("event-types", "change", "inv.paid", "--no-deprecated").out().strip())
        .isEqualTo("Deprecated: yes → no");
    assertThat(done("event-types", "change", "inv.paid", "--schema", "{}").out().strip())
        .isEqualTo("Schema: version 1 → version 1, changed");
    assertThat(onSite("event-types", "change", "inv.paid").code()).isEqualTo(2);
    assertThat(onSite("event-types", "change", "no.such", "--description", "x").code())
        .isEqualTo(4);
    assertThat(onSite("event-types", "change", "inv.paid", "--schema", "{}", "--no-schema").err())
        .contains("--schema: must not be given with --no-schema");
  }

  @Test
  void droppingASchemaRequiresConfirmation() throws IOException {
    done("event-types", "put", "inv.paid", "--description", "Paid", "--schema", SCHEMA);
    CommandResult again = onSite("event-types", "create", "inv.paid", "--description", "x");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("inv.paid already exists; change it with hookferry event-");
    CommandResult unasked = onSite("event-types", "put", "inv.paid", "--description", "x");
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("--yes is required");
    assertThat(onSite("event-types", "change", "inv.paid", "--no-schema").code()).isEqualTo(2);
    String[] put = withServer("event-types", "put", "inv.paid");
    CommandResult refused = CommandResult.replying(List.of("n"), put);
    assertThat(refused.out()).contains("Replace inv.paid by one without a schema?");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(json(done("event-types", "show", "inv.paid", "--json")).has("schema")).isTrue();
    assertThat(done("event-types", "change", "inv.paid", "--no-schema", "--yes").out().strip())
        .isEqualTo("Schema: version 1 → none");
    assertThat(done("event-types", "put", "inv.paid").out()).contains("no schema");
  }

  @Test
  void unusedSecretIsNotCalledTheSigningSecret() {
    CommandResult added = done("endpoints", "add", url, "--type", "*", "--signature", "ed25519");
    assertThat(added.out()).contains("; secret, which its ed25519 signatures do not use, shown");
    CommandResult usual = done("endpoints", "add", url + "2", "--type", "*");
    assertThat(usual.out()).contains("; secret, shown only once:");
  }

  @Test
  void sendWaitsForAnEventThatWaitsItsTurn() {
    tenant.changeSettings("{'webHookRetryInterval': 1}");
    fixture.inbox().responding(hook, n -> n == 1 ? 500 : 200);
    var unused = tenant.orderedEndpoint(url, "block");
    done("send", "license_created", "{}", "--ordering-key", "k");
    CommandResult second = done("send", "license_created", "{}", "--ordering-key", "k", "--wait");
    assertThat(second.out()).contains("delivered");
  }

  @Test
  void aListOfFailuresSaysWhy() throws IOException {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> 500);
    tenant.endpoint(url, "*");
    CommandResult sent = onSite("send", "license_created", "{}", "--wait");
    assertThat(sent.out()).contains("exhausted: given up after 1 attempt: HTTP 500  " + url);
    assertThat(done("deliveries", "list").out()).containsPattern("exhausted +500 +ep_");
    JsonNode delivery = json(done("deliveries", "list", "--json")).at("/data/0");
    assertThat(delivery.path("lastStatusCode").asInt()).isEqualTo(500);
    assertThat(delivery.path("lastOutcome").asText()).isEqualTo("http_error");
    assertThat(delivery.path("lastError").asText()).isEqualTo("the receiver responded with 500");
    assertThat(done("events", "show", delivery.path("event").asText()).out())
        .contains("given up after 1 attempt: HTTP 500");
    assertThat(CommandResult.inColor(80, withServer("deliveries", "list")).out())
        .contains("\u001b[31m500 \u001b[0m");
  }

  @Test
  void anEndpointWithFailuresIsNotCalledWorking() {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> 500);
    String bad = tenant.endpoint(url, "license_*").path("id").asText();
    String good = tenant.endpoint(url + "2", "customer_*").path("id").asText();
    done("endpoints", "change", good, "--label", "tier=gold");
    onSite("send", "license_created", "{}", "--wait");
    assertThat(done("endpoints", "list", "-o", "csv").out())
        .containsPattern(bad + ",,[^,]+,retrying: 1 failure,.*,1\r\n")
        .containsPattern(good + ",,[^,]+,working,.*,0\r\n");
    assertThat(done("endpoints", "show", bad).out())
        .containsPattern("(?m)^State +retrying: \\d+ failures?");
    assertThat(done("endpoints", "show", good).out()).containsPattern("(?m)^State +working *$");
    assertThat(listed("--state", "retrying")).containsExactly(bad);
    assertThat(listed("--state", "failures")).as("its earlier name").containsExactly(bad);
    assertThat(listed("--state", "working")).containsExactly(good);
    assertThat(listed("--type", "customer_created")).containsExactly(good);
    assertThat(listed("--label", "tier=gold")).containsExactly(good);
    assertThat(listed("--label", "tier=gold", "--state", "paused")).isEmpty();
    assertThat(onSite("endpoints", "list", "--state", "pausd").err())
        .contains("--state: must be", "(got pausd); did you mean paused?");
  }

  private List<String> listed(String... filters) {
    String[] list = {"endpoints", "list", "-o", "csv"};
    return done(with(list, filters))
        .out()
        .lines()
        .skip(1)
        .map(line -> line.split(",", 2)[0])
        .toList();
  }

  @Test
  void aBackupThatCannotBeWrittenIsNotTaken() {
    String missing = folder.resolve("nope/b.hf").toString();
    CommandResult refused = run("backup", "--to", missing);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains(missing + " cannot be written: ");
    assertThat(run("audit", "--action", "backup.taken").out()).contains("no matching entries");
    assertThat(run("backup", "--to", folder.resolve("b.hf").toString()).code()).isZero();
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("b.hf"));
    assertThat(run("audit", "--action", "backup.taken").out()).contains("history: all");
  }

  @Test
  void aBackupLeavesThePartialFileOfAnotherOneAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("b.hf.part"), "of another run");
    Path backup = folder.resolve("b.hf");
    CommandResult saved = run("backup", backup.toString());
    assertThat(saved.code()).as(saved.err()).isZero();
    assertThat(other).hasContent("of another run");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(backup, other);
    }
  }

  @Test
  void numbersStayAsTheyWereWritten() {
    String example = "{\"Price\":100.0,\"Rate\":0.10}";
    done("event-types", "add", "inv.paid", "--example", example);
    done("event-types", "change", "inv.paid", "--description", "Paid");
    assertThat(done("event-types", "show", "inv.paid", "--json").out())
        .contains(" 100.0,", " 0.10");
    done("send", "inv.paid", "--example");
    done("send", "inv.paid", "{\"Price\":100.0,\"Rate\":0.10,\"Most\":1e10000}");
    for (JsonNode event : tenant.list("events")) {
      assertThat(done("events", "show", event.path("id").asText(), "-o", "json").out())
          .contains(" 100.0,", " 0.10");
    }
  }

  @Test
  void theAuditLogSaysWhatWasChangedOnANarrowTerminal() {
    String id = tenant.endpoint(url, "*").path("id").asText();
    done("endpoints", "change", id, "--timeout", "3s");
    done("endpoints", "rotate-secret", id);
    String[] audit = withServer("audit", "--target", id);
    assertThat(CommandResult.run(audit).out())
        .contains("timeout: the site's → 3s", "secret rotated");
    assertThat(CommandResult.run(audit).out()).doesNotContain("url: none");
    CommandResult narrow = CommandResult.inColor(80, audit);
    String end = id.substring(id.length() - 6);
    assertThat(narrow.out()).contains("TARGET").containsPattern("ep_…\\w*" + end);
    assertThat(narrow.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(narrow.err()).contains("FROM").doesNotContain("TARGET", "CHANGES");
  }

  @Test
  void aReplayWithoutATerminalNeedsAWord() {
    CommandResult unasked = onSite("replays", "start", "--since", "1h");
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err())
        .startsWith("hookferry: --yes is required: there is no terminal to ask; --dry-run only");
    assertThat(onSite("replays", "start", "--since", "1h", "--json").code()).isEqualTo(2);
    CommandResult counted = done("replays", "start", "--since", "1h", "--dry-run", "--yes");
    assertThat(counted.out()).contains("nothing to replay");
  }

  @Test
  void aKeyIsRevokedByItsName() throws IOException {
    String name = "reader-" + site();
    String[] add = {"keys", "add", name, "--scope", "read", "--site", site(), "--json"};
    String id = json(run(add)).path("id").asText();
    CommandResult asked = CommandResult.replying(List.of("n"), onServer("keys", "revoke", name));
    assertThat(asked.out())
        .contains("Revoke " + id + " \"" + name + "\" (read, site " + site() + ")? Requests");
    assertThat(run("keys", "revoke", name, "--yes").out()).contains("revoked the key " + id);
    CommandResult none = run("keys", "revoke", name, "--yes");
    assertThat(none.code()).isEqualTo(4);
    assertThat(none.err())
        .isEqualTo("hookferry: there is no key " + name + "; hookferry keys list shows all\n");
    run(add);
    run(add);
    CommandResult several = run("keys", "revoke", name, "--yes");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("KEY_ID: must be an id, since several keys are named");
  }

  @Test
  void requiredThingsCannotBeRemoved() {
    CommandResult site =
        CommandResult.replying(List.of("y"), onServer("sites", "remove", "default"));
    assertThat(site)
        .isEqualTo(new CommandResult(1, "", "hookferry: the site default cannot be removed\n"));
    assertThat(run("sites", "remove", "default", "--yes")).isEqualTo(site);
    String name = "configured admin key";
    CommandResult key = CommandResult.replying(List.of("y"), onServer("keys", "revoke", name));
    assertThat(key.out()).startsWith("Revoke key_");
    assertThat(key.err()).isEqualTo("hookferry: this is the last admin key; add another first\n");
    assertThat(run("keys", "revoke", name, "--yes").err()).isEqualTo(key.err());
    var added = run("keys", "add", "another", "--scope", "admin");
    assertThat(added.code()).isZero();
    assertThat(CommandResult.replying(List.of("n"), onServer("keys", "revoke", name)).out())
        .startsWith("Revoke key_");
    assertThat(run("keys", "revoke", "another", "--yes").code()).isZero();
  }

  @Test
  void anExitCodeTellsWhatIsMissing() throws IOException {
    String event = "evt_00000000000000000000000000";
    for (String[] absent :
        List.of(
            new String[] {"endpoints", "show", "nope"},
            new String[] {"deliveries", "list", "--endpoint", "nope"},
            new String[] {"deliveries", "list", "--event", event},
            new String[] {"replays", "start", "--since", "1h", "--endpoint", "nope", "--yes"},
            new String[] {"replays", "start", "--since", "1h", "--event", event, "--yes"},
            new String[] {"send", "license_created", "{}", "--to", "nobody"},
            new String[] {"events", "show", event})) {
      assertThat(onSite(absent).code()).as(String.join(" ", absent)).isEqualTo(4);
    }
    String address = fixture.server().address().toString();
    String[] wrongKey = {"sites", "list", "--server", address, "--key", "hf_no"};
    assertThat(CommandResult.run(wrongKey).code()).isEqualTo(5);
    String[] add = {"keys", "add", "p", "--scope", "publish", "--site", site(), "--json"};
    String key = json(run(add)).path("key").asText();
    String[] forbidden = {"sites", "list", "--server", address, "--key", key};
    assertThat(CommandResult.run(forbidden).code()).isEqualTo(5);
    assertThat(CommandResult.run("sites", "list", "--server", "http://127.0.0.1:1").code())
        .isEqualTo(6);
    String[] both = {"endpoints", "add", "ftp://x/y", "--type", "*"};
    assertThat(onSite(both).code()).isEqualTo(2);
  }
}
