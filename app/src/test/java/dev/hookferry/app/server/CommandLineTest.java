package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.contract.support.Poll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a server, with a server that answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandLineTest {
  private final ServerFixture fixture = new ServerFixture("memory");
  private Tenant tenant;
  private String hook;

  @TempDir private Path folder;

  @BeforeEach
  void site() {
    tenant = fixture.tenant();
    hook = tenant.path("hook").text();
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  void sendsAndShowsTheAttemptsUntilAllIsSettled() throws IOException {
    fixture.inbox().responding(hook, n -> n == 1 ? 500 : 200);
    tenant.endpoint(fixture.inbox().url(hook), "*");
    Path data = Files.writeString(folder.resolve("data.json"), "{\"Rate\": 1.10}");
    var typed = done("send", "license_created", data.toString(), "--id", "order-1", "--wait");
    assertThat(typed.out().lines().toList())
        .hasSize(4)
        .satisfies(lines -> assertThat(lines.get(0)).isEqualTo("accepted order-1: 1 delivery"))
        .satisfies(lines -> assertThat(lines.get(1)).contains("attempt 1", "http_error 500", hook))
        .satisfies(lines -> assertThat(lines.get(2)).contains("attempt 2", "delivered 200"))
        .satisfies(lines -> assertThat(lines.get(3)).matches("dlv_\\w+ delivered  \\S+" + hook));
    assertThat(fixture.inbox().at(hook).get(0).body().text()).contains("{\"Rate\": 1.10}");
  }

  @Test
  void sendsFromStandardInputAndFailsIfADeliveryDoes() throws IOException {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> 410);
    tenant.endpoint(fixture.inbox().url(hook), "*");
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
      CommandResult typed = typed("send", "license_created", "--wait", "--json");
      assertThat(typed.code()).isEqualTo(1);
      JsonNode delivery = json(typed).path("deliveries").get(0);
      assertThat(delivery.path("status").asText()).isEqualTo("exhausted");
      assertThat(delivery.path("log").get(0).path("statusCode").asInt()).isEqualTo(410);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void endpointsLiveTheirWholeLife() throws IOException {
    String url = fixture.inbox().url(hook);
    CommandResult added =
        done(
            "endpoints",
            "add",
            url,
            "--type",
            "license_*,customer_created",
            "--retry",
            "8:10",
            "--timeout=2s",
            "--success-status=2xx,304",
            "--header",
            "X-Tenant: 7",
            "--signature=standard",
            "--description",
            "CRM");
    assertThat(added.out()).contains("shown only once:", "whsec_");
    String id = tenant.list("endpoints").get(0).path("id").asText();
    assertThat(done("endpoints", "list").out().lines().toList().get(1))
        .contains(id, url, "license_*,customer_created", "working", "standard", "CRM");
    assertThat(done("endpoints", "test", id).out()).contains("test", "delivered 200");
    assertThat(fixture.inbox().at(hook).get(0).header("X-Tenant")).isEqualTo("7");
    assertThat(done("endpoints", "pause", id).out()).contains("paused " + id);
    assertThat(done("endpoints", "list").out()).contains("paused");
    done("endpoints", "resume", id);
    assertThat(done("endpoints", "change", id, "--url", url + "/moved").out())
        .contains(url + "/moved");
    done("endpoints", "change", id, "--to", url);
    changesRetryAndTimeout(id);
    namesAndLabels(id);
    JsonNode rotated = json(done("endpoints", "rotate-secret", id, "--overlap", "2h", "--json"));
    assertThat(rotated.path("secret").asText()).startsWith("whsec_");
    fixture.inbox().responding(hook, n -> 500);
    assertThat(typed("endpoints", "test", id).code()).isEqualTo(1);
    done("endpoints", "remove", id, "--yes");
    assertThat(done("endpoints", "list").out().strip()).isEqualTo("no endpoints");
  }

  private void changesRetryAndTimeout(String id) {
    assertThat(done("endpoints", "show", id).out())
        .containsPattern("(?m)^Timeout +2s$")
        .containsPattern("(?m)^Success statuses +2xx, 304$");
    done("endpoints", "change", id, "--retry", "5s,1m,2h", "--rate-limit", "600/min");
    assertThat(done("endpoints", "policy", id).out())
        .containsPattern("(?m)^SETTING +VALUE +FROM$")
        .containsPattern("(?m)^retry +5s,1m,2h +endpoint$")
        .containsPattern("(?m)^rate +600/min +endpoint\\R+concurrency +64 +server$");
    done("endpoints", "change", id, "--rate-limit", "site");
    done("endpoints", "change", id, "--type", "*", "--retry", "site", "--timeout", "site");
    assertThat(done("endpoints", "show", id).out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains("Event types *", "Enabled yes", "Description CRM")
        .noneMatch(line -> line.startsWith("Retr") || line.startsWith("Timeout"));
  }

  private String license() {
    try {
      return Files.writeString(folder.resolve("license.json"), "{}").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void namesAndLabels(String id) {
    done("endpoints", "change", id, "--uid", "crm", "--label", "region=eu", "--metadata", "a=b=c");
    assertThat(
            done("endpoints", "show", "crm").out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains("ID " + id, "UID crm", "Labels region=eu", "Metadata a=b=c");
    String[] send = {"send", "license_created", license(), "--to", "crm", "--label", "region=eu"};
    assertThat(done(send).out()).contains("1 delivery");
    String later = "--deliver-at +10m --ordering-key k --routing t=1 --subject anna";
    done(Stream.concat(Stream.of(send), Stream.of(later.split(" ", -1))).toArray(String[]::new));
    assertThat(done("events", "list", "--label", "region=eu").out().lines()).hasSize(3);
    assertThat(done("events", "list", "--label", "region=us").out().strip()).isEqualTo("no events");
    assertThat(done("deliveries", "list", "--endpoint", "crm").out()).contains("scheduled");
    assertThat(typed("send", "license_created", license(), "--to", "nobody").err())
        .contains("--to: there is no endpoint nobody");
    assertThat(typed("send", "license_created", license(), "--deliver-at", "+soon").code())
        .isEqualTo(2);
    done("endpoints", "change", "crm", "--uid", "", "--label", "none", "--metadata", "none");
    assertThat(done("endpoints", "show", id).out()).doesNotContain("UID", "region", "Metadata");
  }

  @Test
  void aRefusalIsShownWithEveryReason() {
    CommandResult typed =
        typed("endpoints", "add", "ftp://x/y", "--type", "Not!A!Type", "--header", "Host: x");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err().lines()).first().asString().isEqualTo("hookferry: 3 problems:");
    assertThat(typed.err().lines().skip(1))
        .anyMatch(line -> line.startsWith("  URL: "))
        .anyMatch(line -> line.startsWith("  --type: "))
        .anyMatch(line -> line.startsWith("  --header Host: "));
    assertThat(typed.err()).containsOnlyOnce("ftp");
    CommandResult one = typed("endpoints", "add", "ftp://x/y", "--type", "*");
    assertThat(one.err().lines()).singleElement().asString().startsWith("hookferry: URL: ");
    assertThat(typed("endpoints", "add", hook, "--type", "*", "--signature", "both").err())
        .containsOnlyOnce("--signature: must be standard, qlm, svix");
    assertThat(typed("endpoints", "show", "crm").err())
        .containsPattern(
            "^hookferry: there is no endpoint crm in the site .*; hookferry endpoints list --site"
                + " .* shows");
  }

  @Test
  void wrongKeyErrorSaysWhatToDo() {
    CommandResult typed =
        CommandResult.run(
            "sites", "list", "--url", fixture.server().address().toString(), "--key", "no");
    assertThat(typed.code()).isEqualTo(5);
    assertThat(typed.err()).isEqualTo("hookferry: the API key in --key is invalid or revoked\n");
  }

  @Test
  void sitesAndKeysCanBeAddedAndRemoved() throws IOException {
    CommandResult added = done("sites", "add", "acme-" + hook.hashCode());
    assertThat(added.out()).contains("added the site acme-");
    assertThat(done("sites", "list").out()).contains("default", "acme-" + hook.hashCode());
    JsonNode key = json(onServer("keys", "add", "CRM", "--scope", "publish,read", "--json"));
    assertThat(key.path("key").asText()).startsWith("hf_");
    assertThat(onServer("keys", "list").out())
        .contains(key.path("id").asText(), "publish,read", "all")
        .doesNotContain(key.path("key").asText());
    onServer("keys", "revoke", key.path("id").asText(), "--yes");
    done("sites", "remove", "acme-" + hook.hashCode(), "--yes");
    assertThat(onServer("sites", "list").out()).doesNotContain("acme-" + hook.hashCode());
  }

  @Test
  void settingsAreReadAndChangedByTheirNames() {
    assertThat(done("settings", "change", "webHookMaxRetries=7", "eventTypes=a_b,c_d").out())
        .contains("webHookMaxRetries: 2 → 7", "eventTypes: none → a_b,c_d");
    assertThat(done("settings", "list").out()).containsPattern("webHookRetryInterval +1 s +300 ");
    CommandResult typed = typed("settings", "change", "webHookMaxRetry=7", "webHooksEnabled=maybe");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("  webHookMaxRetry: is not a known setting; did you mean webHookMaxRetries?")
        .contains("  webHooksEnabled: must be true or false");
  }

  @Test
  void serverPropertiesAreReadFromAndWrittenToAFile() throws IOException {
    Path in =
        Files.writeString(
            folder.resolve("in.properties"),
            "license_created="
                + fixture.inbox().url(hook)
                + " ; "
                + fixture.inbox().url(hook + "2")
                + "\nwebHookSecretKey=clé\nwebHooksEnabled=true\n");
    assertThat(done("properties", "change", in.toString()).out()).contains("changed 3 properties");
    Path out = folder.resolve("out.properties");
    done("properties", "show", out.toString());
    assertThat(Files.readString(out))
        .contains(
            "license_created=" + fixture.inbox().url(hook) + ";" + fixture.inbox().url(hook + "2"))
        .contains("webHookSecretKey=********")
        .isEqualTo(done("properties", "show").out());
    done("properties", "change", out.toString());
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    Signed.assertQlm(fixture.inbox().await(hook, 1).get(0), "clé");
  }

  @Test
  void theLogTheDeliveriesAndWhatCanBeDoneWithThem() throws IOException {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> n < 3 ? 500 : 200);
    tenant.endpoint(fixture.inbox().url(hook), "license_*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.publish("{\"type\":\"license_deleted\",\"data\":{}}");
    tenant.awaitDeliveries("exhausted", 2);
    assertThat(done("log", "--type", "license_deleted", "--outcome", "http_error").out().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("license_deleted", "http_error 500", fixture.inbox().url(hook));
    assertThat(done("log", "--since", "1h", "--status-code", "200").out()).contains("no attempts");
    assertThat(done("log", "--limit", "1").out().lines()).hasSize(2);
    assertThat(done("log", "--limit", "1").err()).contains("more results: raise --limit");
    assertThat(done("log", "--limit", "1", "--details").out())
        .containsPattern(
            "http_error 500 .*\\n {4}waited [0-9.]+ ms, (connect .* )?first byte .* ms")
        .contains("\n    Content-");
    assertThat(done("deliveries", "list", "--status", "exhausted").out().lines()).hasSize(3);
    String id = tenant.deliveries("exhausted").get(0).path("id").asText();
    assertThat(done("deliveries", "retry", id).out()).contains(id);
    tenant.awaitDeliveries("delivered", 1);
    assertThat(done("deliveries", "show", id).out())
        .containsPattern("Status +delivered")
        .contains("attempt 1", "attempt 2");
    CommandResult refused = typed("deliveries", "cancel", id, "--yes");
    assertThat(refused.err()).startsWith("hookferry: " + id + " is").contains("nothing to cancel");
    assertThat(done("replays", "start", "--since", "1h", "--dry-run").out())
        .containsPattern("exhausted +1 +yes\\R")
        .containsPattern("delivered +1 +no\\R")
        .contains("1 delivery would be replayed");
    assertThat(done("replays", "start", "--since", "1h", "--yes").out())
        .contains(": 1 delivery at up to 10 per second;");
    tenant.awaitDeliveries("delivered", 2);
    assertThat(json(done("log", "--json")).path("data")).hasSize(4);
  }

  @Test
  void resendsAnEventToNamedEndpoints() throws IOException {
    String event = tenant.publish("{\"type\":\"license_created\",\"data\":{}}").path("id").asText();
    String to = tenant.endpoint(fixture.inbox().url(hook), "*").path("id").asText();
    assertThat(done("events", "resend", event, to).out())
        .containsPattern("dlv_[0-9a-z]{26} to " + to + ": sent; attempt 1: HTTP 200 after ");
    fixture.inbox().await(hook, 1);
    assertThat(json(done("events", "resend", event, to, "--json")).path("deliveries")).hasSize(1);
    assertThat(typed("events", "resend", event, "ep_x").err())
        .startsWith("hookferry: ENDPOINT: there is no endpoint ep_x in the site ");
    assertThat(typed("events", "resend", event).err()).contains("ENDPOINT");
  }

  @Test
  void aFilterIsSetTriedAndExplained() throws IOException {
    String url = fixture.inbox().url(hook);
    Path file = Files.writeString(folder.resolve("filter.json"), "{\"n\": {\"$gte\": 1.10}}");
    String id =
        json(done("endpoints", "add", url, "--type", "*", "--filter", "@" + file, "--json"))
            .path("id")
            .asText();
    assertThat(done("endpoints", "show", id).out())
        .containsPattern("Filter +\\{\"n\":\\{\"\\$gte\":1.10?}}");
    String event =
        tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":1}}").path("id").asText();

    assertThat(done("events", "routing", event).out())
        .containsPattern(id + ".* filter .*n must be at least 1.10, but is 1\\.");
    assertThat(done("endpoints", "filter-test", id, "--last", "5").out())
        .contains("0 events match, 1 does not\n", event);
    assertThat(done("endpoints", "filter-test", id, "--data", "{\"n\":2}").out().strip())
        .isEqualTo("1 event matches, 0 do not");
    assertThat(typed("endpoints", "filter-test", id).code()).isEqualTo(2);
    assertThat(typed("endpoints", "change", id, "--filter", "{").err())
        .contains("--filter: must be JSON, or @ and a file name");
    assertThat(typed("endpoints", "change", id, "--filter", "{\"a\":[]}").err())
        .contains("--filter a: ", "must not be a list");
    assertThat(typed("endpoints", "change", id, "--filter", "{}", "--no-filter").code())
        .isEqualTo(2);
    done("endpoints", "change", id, "--no-filter");
    assertThat(json(done("endpoints", "show", id, "--json")).path("filter").isNull()).isTrue();
  }

  @Test
  void authenticationComesFromAFile() throws IOException {
    Path file = folder.resolve("auth.json");
    Files.writeString(file, "{\"basic\":{\"username\":\"u\",\"password\":\"s3cret\"}}");
    String id =
        json(done(
                "endpoints",
                "add",
                fixture.inbox().url(hook),
                "--type",
                "*",
                "--auth",
                file.toString(),
                "--json"))
            .path("id")
            .asText();
    assertThat(done("endpoints", "show", id).out())
        .containsPattern("Auth basic username +u")
        .doesNotContain("s3cret");
    assertThat(typed("endpoints", "change", id, "--auth", file.toString(), "--no-auth").code())
        .isEqualTo(2);
    done("endpoints", "change", id, "--no-auth");
    assertThat(json(done("endpoints", "show", id, "--json")).path("auth").isNull()).isTrue();
    assertThat(typed("endpoints", "change", id, "--trusted-ca", file.toString()).err())
        .contains("--trusted-ca: must hold 1 to 50 certificates in PEM")
        .doesNotContain("s3cret");
    Files.writeString(file, "Bearer s3cret");
    assertThat(typed("endpoints", "change", id, "--auth", file.toString()).err())
        .contains("--auth: must be a file with JSON")
        .doesNotContain("s3cret");
  }

  @Test
  void cancelStopsWhatIsPending() {
    tenant.changeSettings("{'webHookRetryInterval': 3600}");
    fixture.inbox().responding(hook, n -> 500);
    tenant.endpoint(fixture.inbox().url(hook), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    fixture.inbox().await(hook, 1);
    Poll.until(() -> tenant.list("attempts").size() == 1);
    String id = tenant.list("deliveries").get(0).path("id").asText();
    assertThat(done("deliveries", "cancel", id, "--yes").out()).contains(id + " is cancelled");
    assertThat(tenant.deliveries("cancelled")).hasSize(1);
  }

  /** Runs a command for the test's own site; it must succeed. */
  private CommandResult done(String... args) {
    CommandResult typed = typed(args);
    assertThat(typed.code()).as(typed.err()).isZero();
    return typed;
  }

  private CommandResult typed(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (!args[0].equals("sites")) {
      all.addAll(List.of("--site", tenant.path().text().split("/")[2]));
    }
    return CommandResult.run(withServer(all));
  }

  private CommandResult onServer(String... args) {
    CommandResult typed = CommandResult.run(withServer(new ArrayList<>(List.of(args))));
    assertThat(typed.code()).as(typed.err()).isZero();
    return typed;
  }

  private String[] withServer(List<String> args) {
    args.addAll(
        List.of("--server", fixture.server().address().toString(), "--key", ServerFixture.KEY));
    return args.toArray(String[]::new);
  }

  private static JsonNode json(CommandResult typed) throws IOException {
    return new ObjectMapper().readTree(typed.out());
  }
}
