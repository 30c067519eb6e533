package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands report exactly what they did. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandReportsTest {
  @TempDir private Path folder;

  private final ServerFixture fixture = new ServerFixture("memory");
  private Tenant tenant;
  private String endpoint;

  @BeforeEach
  void newSite() {
    tenant = fixture.tenant();
    endpoint = tenant.endpoint(fixture.inbox().url("/hook"), "*").path("id").asText();
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  private String site() {
    return tenant.path().text().split("/")[2];
  }

  private CommandResult typed(String line) {
    List<String> all =
        new ArrayList<>(
            List.of(
                line.replace("ID", endpoint)
                    .replace("DIR", folder.toString())
                    .replace("SITE", site())
                    .split(" ")));
    all.addAll(
        List.of("--server", fixture.server().address().toString(), "--key", ServerFixture.KEY));
    return CommandResult.run(all.toArray(String[]::new));
  }

  private CommandResult onSite(String line) {
    return typed(line + " --site SITE");
  }

  @Test
  void resumingAnUnpausedEndpointResetsItsFailures() {
    assertThat(onSite("endpoints resume ID").out().strip())
        .isEqualTo(endpoint + " is not paused: nothing to resume");
    assertThat(onSite("audit --action endpoint.changed").out()).doesNotContain("resumed");
    assertThat(onSite("endpoints show ID").out()).doesNotContain("State since  2");
    assertThat(onSite("endpoints resume ID --rate 50").out().strip())
        .startsWith(endpoint + " was not paused; what is due now is sent, at most 50 per second");
    assertThat(onSite("endpoints resume ID").out().strip())
        .isEqualTo(endpoint + " was not paused; what is due now is sent");
    fixture.inbox().responding("/hook", n -> 500);
    var unused = onSite("send license_created {}");
    Poll.until(() -> onSite("endpoints show ID").out().contains("retrying"));
    assertThat(onSite("endpoints resume ID --rate 50").out().strip())
        .isEqualTo(
            endpoint
                + " was not paused; its failure count is reset; what is due now is sent, at most 50"
                + " per second on each node");
    assertThat(onSite("endpoints pause ID").code()).isZero();
    assertThat(onSite("endpoints resume ID").out()).startsWith("resumed " + endpoint);
  }

  @Test
  void resendingFailsIfItsAttemptFails() {
    fixture.inbox().responding("/hook", n -> 500);
    String event = tenant.publish("{\"type\":\"license_created\",\"data\":{}}").path("id").asText();
    Poll.until(() -> !tenant.list("attempts").isEmpty());
    CommandResult resent = onSite("events resend " + event + " ID");
    assertThat(resent.code()).isEqualTo(1);
    assertThat(resent.out())
        .containsPattern("attempt \\d failed: HTTP 500 after \\d+ ms(; next attempt at 2.*)?\\R")
        .doesNotContain("responded with");
    fixture.inbox().responding("/hook", n -> 200);
    assertThat(onSite("events resend " + event + " ID").code()).isZero();
  }

  @Test
  void aReplayOfNothingIsNotStarted() {
    for (String what : List.of("", " --missing --endpoint ID")) {
      CommandResult none = onSite("replays start --since 1h --yes" + what);
      assertThat(none)
          .isEqualTo(new CommandResult(0, "nothing to replay" + System.lineSeparator(), ""));
      assertThat(onSite("replays start --since 1h --yes --json" + what).out().strip())
          .isEqualTo("{\n  \"count\": 0\n}");
    }
    assertThat(tenant.list("replay-jobs")).isEmpty();
  }

  @Test
  void narrowingASubscriptionByPropertiesNeedsConfirmation() throws IOException {
    String url = fixture.inbox().url("/other");
    Files.writeString(folder.resolve("p.properties"), "license_created=" + url + "\n");
    CommandResult refused = onSite("properties change DIR/p.properties");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--yes");
    assertThat(onSite("endpoints show ID").out()).containsPattern("Event types +\\*\\R");
    assertThat(onSite("properties change DIR/p.properties --yes").code()).isZero();
    assertThat(onSite("endpoints show ID").out())
        .containsPattern("Event types +license_activated,");
    assertThat(onSite("properties change DIR/p.properties").code()).isZero();
  }

  @Test
  void givenSecretIsNotShown() throws IOException {
    String secret = "whsec_" + "QUJD".repeat(8);
    Files.writeString(folder.resolve("s"), secret);
    assertThat(onSite("endpoints add http://127.0.0.1:1/x --type * --secret-file DIR/s").out())
        .startsWith("added ep_")
        .endsWith("; with the given secret" + System.lineSeparator());
    assertThat(onSite("endpoints rotate-secret ID --secret-file DIR/s").out())
        .contains(" (the old one also signs for 1d); with the given secret")
        .doesNotContain(secret);
    assertThat(onSite("endpoints rotate-secret ID").out()).contains("whsec_");
  }

  @Test
  void aLinkToThePortalSaysHowLongItIsValid() {
    assertThat(onSite("settings change portal.enabled=true").code()).isZero();
    assertThat(onSite("portal link c-17").err())
        .containsPattern("(?m)^works once, until 2\\S+Z; --valid-for makes that longer$");
    assertThat(onSite("portal link c-17 --valid-for 15m").err())
        .containsPattern("(?m)^works once, until 2\\S+Z$");
  }

  @Test
  void replayOutputOmitsAbsentFields() {
    fixture.inbox().responding("/hook", n -> 200);
    assertThat(onSite("send license_created {} --wait").code()).isZero();
    var unused = onSite("replays start --since 1h --status delivered --yes");
    String id = tenant.list("replay-jobs").get(0).path("id").asText();
    assertThat(onSite("replays show " + id).out())
        .containsPattern("Statuses +delivered")
        .doesNotContainPattern("(?m)^(Status|Missing) ");
  }

  @Test
  void jsonIsIndentedAsByOtherPrograms() {
    assertThat(onSite("endpoints show ID --json").out())
        .contains("\n  \"id\": \"ep_", "\"eventTypes\": [\n    \"*\"\n  ],")
        .doesNotContain("\" : ", "[ ]");
  }

  @Test
  void aKeyForAllSitesSaysSo() {
    assertThat(typed("keys whoami").out()).containsPattern("Site +all\\R");
    assertThat(typed("keys whoami --json").out()).doesNotContain("\"all\"");
  }

  @Test
  void theNextDueDeliveryIsNotTheOldestPending() {
    tenant.changeSettings("{'webHookRetryInterval': 600}");
    fixture.inbox().responding("/hook", n -> 500);
    var unused = onSite("send license_created {}");
    Poll.until(() -> !tenant.list("attempts").isEmpty());
    assertThat(typed("system").out())
        .containsPattern("Next due +2\\S+ \\(in \\d+ min\\)|Overdue since +2\\S+ \\(.*\\)")
        .doesNotContain("Oldest pending");
  }
}
