package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands at a terminal of 80 columns, in pipes, and in the words of other command lines. */
final class TerminalCommandsTest extends SiteCommands {
  private String endpoint;

  @TempDir private Path folder;

  @BeforeEach
  void failing() {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> 503);
    endpoint = tenant.endpoint(url, "*").path("id").asText();
    done("endpoints", "change", endpoint, "--uid", "crm");
  }

  @Test
  void everythingFitsTheTerminal() {
    CommandResult sent = narrow("send", "license_created", "{}", "--wait");
    assertThat(sent.out())
        .containsPattern("(now|\\d s ago)  license_created  attempt 1  http_error 503  \\d+ ms\\s")
        .containsPattern("\\sdlv_…\\w{7}\\s+crm\\s+the receiver responded with 503\\R")
        .containsPattern("\\bdlv_…\\w{7}  exhausted: given up after 1 attempt: HTTP 503  crm\\R");
    JsonNode delivery = tenant.list("deliveries").get(0);
    CommandResult shown = narrow("deliveries", "show", delivery.path("id").asText());
    assertThat(shown.out()).contains(endpoint + " (crm)", "\n    advice: ");
    CommandResult event = narrow("events", "show", delivery.path("event").asText());
    assertThat(event.out())
        .containsPattern("DELIVERY +STATUS +ENDPOINT +ATTEMPTS +REASON\\R")
        .containsPattern("dlv_…\\w+ +\\S*exhausted\\S* +crm +1 +given up after");
    assertThat(shown.out()).containsPattern("\nEvent type +license_created\n");
    assertThat(event.out()).contains("\nPayload:\n{\n  \"EventType\": ");
    assertThat(narrow("endpoints", "show", "crm").out())
        .containsPattern("\nState +(rate limited|retrying: 1 failure)\n")
        .containsPattern("\nConsecutive failures +1\n")
        .containsPattern("\nSignatures +qlm, standard\n");
    assertThat(narrow("audit", "--target", "crm").out())
        .containsPattern("endpoint\\.changed +" + site() + " +crm ");
    assertThat(narrow("log").err()).contains("not shown: ", "URL", "; -o wide shows everything");
    assertThat(narrow("log", "--details").out()).contains("  crm\n", "waited ", "response: ");
    assertThat(narrow("endpoints", "test", "crm").out()).contains("advice: ");
    String unknown = fixture.inbox().url(hook) + "/" + "x".repeat(40);
    assertThat(narrow("endpoints", "try", unknown).out()).contains("whsec_");
  }

  /** Runs a command at a terminal of 80 columns, and makes sure that no line is longer. */
  private CommandResult narrow(String... args) {
    CommandResult typed = CommandResult.inColor(80, withServer(args));
    assertThat(typed.out().lines().filter(line -> !line.contains("://")))
        .as(typed.err())
        .isNotEmpty()
        .allMatch(line -> line.replaceAll("\u001b\\[\\d*m", "").length() <= 80);
    return typed;
  }

  @Test
  void textsOfTheLastColumnAreBrokenRatherThanCut() throws IOException {
    String event = json(done("send", "license_created", "{}", "--json")).path("id").asText();
    assertThat(narrow("events", "routing", event).out().replaceAll("\\s+", " "))
        .contains("; * matches now.")
        .doesNotContain("…;");
    assertThat(narrow("settings", "list").out().replaceAll("\\s+", " "))
        .contains(
            "While false, events are kept but create no deliveries, and pending ones are held.");
  }

  @Test
  void aTerminalShowsAnAttemptsEndpointAndNoRedundantError() {
    var unused = onSite("send", "license_created", "{}", "--wait");
    assertThat(CommandResult.inColor(62, withServer("log")).out())
        .containsPattern("ATTEMPT +OUTCOME +MS +ENDPOINT\\R")
        .containsPattern("http_error 503\\S* +\\d+ +crm\\R");
    assertThat(done("log").out()).contains("the receiver responded with 503");
  }

  @Test
  void failedAttemptsAreListed() {
    tenant.endpoint(fixture.inbox().url("/works"), "*");
    var unused = onSite("send", "license_created", "{}", "--wait");
    assertThat(done("log").out()).contains("delivered 200", "http_error 503");
    for (String[] failed :
        List.of(
            new String[] {"log", "--failed"},
            new String[] {"log", "--outcome", "failed"},
            new String[] {"log", "--outcome", "http_error,timeout"})) {
      assertThat(done(failed).out()).contains("http_error 503").doesNotContain("delivered 200");
    }
  }

  @Test
  void pipedOutputCanBeJoined() {
    onSite("send", "license_created", "{}", "--wait");
    JsonNode delivery = tenant.list("deliveries").get(0);
    String event = delivery.path("event").asText();
    String names = endpoint + ",crm,";
    assertThat(done("log", "-o", "csv").out())
        .startsWith("time,event_type,attempt,outcome,ms,url,delivery,endpoint,uid,event,error")
        .contains(delivery.path("id").asText() + "," + names + event);
    assertThat(done("deliveries", "list", "-o", "csv").out())
        .startsWith("id,status,last,endpoint,uid,event_type,")
        .contains(",503," + names);
    assertThat(done("problems", "list", "-o", "csv").out()).contains("open," + names);
    assertThat(done("deliveries", "list").out()).containsPattern(endpoint + " +crm +license_");
    assertThat(narrow("deliveries", "list").out()).doesNotContain("UID");
    assertThat(done("deliveries", "list", "--json").out()).doesNotContain("\"uid\"");
  }

  @Test
  void severalDeliveriesAreRetriedAndCancelled() throws IOException {
    onSite("send", "license_created", "{}", "--wait");
    onSite("send", "license_created", "{}", "--wait");
    String first = tenant.list("deliveries").get(0).path("id").asText();
    String second = tenant.list("deliveries").get(1).path("id").asText();
    CommandResult watched = onSite("retry", first, second, "--wait");
    assertThat(watched.code()).isEqualTo(1);
    assertThat(watched.out().lines().filter(line -> line.startsWith("attempt 2 failed")))
        .hasSize(2);
    done("endpoints", "pause", "crm");
    CommandResult retried = done("deliveries", "retry", first, second, "--json");
    JsonNode data = new ObjectMapper().readTree(retried.out()).path("data");
    assertThat(data).extracting(one -> one.path("id").asText()).containsExactly(first, second);
    assertThat(
            new ObjectMapper().readTree(done("retry", first, "--json").out()).path("id").asText())
        .isEqualTo(first);
    CommandResult asked = CommandResult.replying(List.of("y"), withServer("cancel", first, second));
    assertThat(asked.out())
        .contains("Cancel 2 deliveries?", first + " is cancelled", second + " is cancelled");
    CommandResult absent = onSite("retry", first, "dlv_00000000000000000000000000", "--json");
    assertThat(absent.code()).isEqualTo(4);
    assertThat(absent.out()).contains(first);
  }

  @Test
  void printsTheVersionOfTheGivenServer() throws IOException {
    String own = CommandResult.run("version").out();
    CommandResult both = run("version");
    assertThat(both.out()).startsWith(own).containsPattern("\\Rserver \\S+ at http://127.0.0.1:");
    JsonNode json = json(run("version", "--json"));
    assertThat(json.path("version").asText()).isNotEmpty();
    assertThat(json.at("/server/version").asText()).isNotEmpty();
    assertThat(json.at("/server/url").asText()).startsWith("http://127.0.0.1:");
    assertThat(run("system").out()).containsPattern("Version +\\S+\\R");

    CommandResult nobody = CommandResult.run("version", "--server", "http://127.0.0.1:1");
    assertThat(nobody.out()).isEqualTo(own);
    assertThat(nobody.code()).isEqualTo(6);
    assertThat(
            json(CommandResult.run("version", "--json", "--server", "http://127.0.0.1:1"))
                .has("java"))
        .isTrue();
  }

  @Test
  void aServerThatOnlyAVariableNamesCannotMakeTheVersionFail() {
    String address = fixture.server().address().toString();
    assertThat(version(Map.of("HOOKFERRY_URL", address)))
        .contains("hookferry: warning: the server's version is unknown: ")
        .doesNotContain("\nserver ");
    assertThat(version(Map.of("HOOKFERRY_SERVER", "http://127.0.0.1:1")))
        .contains(
            "is unknown: no response from http://127.0.0.1:1 (connection refused): is the server"
                + " running, and is HOOKFERRY_SERVER right?");
    assertThat(version(Map.of("HOOKFERRY_SERVER", "nonsense")))
        .contains("is unknown: HOOKFERRY_SERVER: must be like http://127.0.0.1:8087");
    assertThat(version(Map.of("HOOKFERRY_URL", address + "/path")))
        .contains("is unknown: HOOKFERRY_URL: must be the server's address without a path");
    assertThat(version(Map.of("HOOKFERRY_URL", address, "HOOKFERRY_KEY", ServerFixture.KEY)))
        .contains(" at " + address)
        .doesNotContain("warning");
  }

  private String version(Map<String, String> variables) {
    try (ServerChild child = ServerChild.run(folder, 0, variables, List.of("version"))) {
      assertThat(child.exitCode()).as(child.log()).isZero();
      assertThat(child.log()).startsWith("hookferry ");
      return child.log();
    }
  }

  @Test
  void wordsOfOtherCommandLinesAreUnderstood() throws IOException {
    assertThat(run("audit", "list").out()).contains("endpoint.changed");
    assertThat(run("system", "show").out()).contains("Delivery");
    assertThat(done("log", "ls").out()).contains("no attempts");
    assertThat(done("endpoints", "get", "crm").out()).contains(endpoint);
    assertThat(done("endpoints", "describe", "crm").out()).contains(endpoint);
    assertThat(onSite("endpoints", "disable", "crm").err())
        .startsWith("hookferry: unknown command disable; did you mean pause?");
    String event = tenant.publish("{\"type\":\"license_created\",\"data\":{}}").path("id").asText();
    tenant.awaitDeliveries("exhausted", 1);
    assertThat(onSite("events", "resend", event, "--to", "crm").out()).contains("resent");
    assertThat(onSite("events", "resend", event).err()).contains("ENDPOINT is required");
    String schema = Files.writeString(folder.resolve("s.json"), "{}").toString();
    assertThat(done("event-types", "add", "a.b", "--schema", schema).out()).contains("version 1");
    String backup = folder.resolve("b.hf").toString();
    assertThat(run("backup", backup).out()).contains("saved " + backup);
    assertThat(run("backup").err()).contains("FILE or --to is required");
  }

  @Test
  void settingsExplainThemselves() {
    assertThat(done("settings", "list").out())
        .containsPattern("(?m)^NAME +VALUE +DEFAULT +MEANING$")
        .containsPattern("(?m)^webHookMaxRetries +0 +\\d+ +Retries after the first attempt\\.$")
        .containsPattern("(?m)^attemptTimeout +Timeout of attempts");
    assertThat(onSite("settings", "change", "foo=1").err())
        .contains("foo: is not a known setting; hookferry settings list --site ", " shows all");
    assertThat(onSite("deliveries", "list", "--status", "exausted").err())
        .contains("(got exausted); did you mean exhausted?");
    assertThat(onSite("log", "--outcome", "timeot").err()).contains("did you mean timeout?");
  }
}
