package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.Typed;
import dev.hookferry.app.cli.io.ExitCode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands say about input that is wrong, in the words of the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandMessagesTest {
  @TempDir private Path folder;

  private final ServerFixture fixture = new ServerFixture("memory");
  private Tenant tenant;
  private String endpoint;

  @BeforeEach
  void newSite() throws IOException {
    Files.writeString(folder.resolve("secret"), "short");
    tenant = fixture.tenant();
    endpoint = tenant.endpoint(fixture.inbox().url("/hook"), "*").path("id").asText();
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  private String[] words(String line) {
    String file = folder.resolve("secret").toString();
    return line.replace("FILE", file).replace("ID", endpoint).split(" ");
  }

  private Typed typed(String line) {
    List<String> all = new ArrayList<>(List.of(words(line)));
    all.addAll(
        List.of("--server", fixture.server().address().toString(), "--key", ServerFixture.KEY));
    return Typed.run(all.toArray(String[]::new));
  }

  private String site() {
    return tenant.path().text().split("/")[2];
  }

  private Typed onSite(String line) {
    return typed(line + " --site " + site());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "endpoints resume ID --rate 0                   | --rate: must be ",
        "endpoints rotate-secret ID --overlap 99d       | --overlap: must be at most 30d",
        "endpoints change ID --managed-by me            | --managed-by: must be ",
        "endpoints change ID --label a-b=c --label x=%s | --label x: ",
        "endpoints change ID --filter {                 | --filter: must be JSON, or @ and a file",
        "endpoints change ID --filter order.json        | --filter: must be JSON, or @ and a file"
            + " name: did you mean @order.json?",
        "endpoints rotate-secret ID --secret-file FILE  | --secret-file: must ",
        "log --code 999                                 | --code: must be ",
        "log --outcome nope                             | --outcome: must be one of delivered, http",
        "log --details -o csv                           | --details: must not be given with -o csv",
        "log -f -o csv                                  | --follow: must not be given with -o csv",
        "event-types export --format yaml               | --format: must be openapi or asyncapi",
        "send license_created {} --timeout 5s           | --timeout: has no meaning without --wait",
        "send {}                                        | TYPE: is required, unless the JSON is",
        "problems mute ID --for 100d                    | --for: must be later than now",
      })
  void aWrongValueIsToldByItsOption(String line, String message) {
    Typed refused = onSite(line.replace("%s", "v".repeat(300)));
    assertThat(refused.err()).contains(message).doesNotContain("REDACTED", "start marker");
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void theActionsOfTheAuditLogAreNamed() {
    assertThat(typed("audit --action nope").err())
        .contains("--action: must be one of ", "endpoint.created", "portal.linked");
  }

  @Test
  void aWholeEventHasItsType() {
    String event = "{\"type\":\"license_created\",\"data\":{}}";
    assertThat(onSite("send " + event).out()).startsWith("accepted evt_");
    assertThat(onSite("send license_deleted " + event).err())
        .contains("the file holds an event of type license_created, not license_deleted");
  }

  @Test
  void aPartOfAnObjectIsSetByItsName() {
    Typed changed =
        onSite(
            "settings change portal.enabled=true portal.theme.accent=#6122e7 portal.payload=none");
    assertThat(changed.out()).contains("\"enabled\":true", "\"accent\":\"#6122e7\"");
    assertThat(onSite("settings change portal.enabled=true portal.enabled=false").err())
        .contains("portal.enabled: must be given only once");
    assertThat(onSite("settings change portal.enabled=maybe").err()).contains("portal.enabled: ");
  }

  @Test
  void whatDidNotFinishInTimeIsSaid() {
    fixture.inbox().responding("/hook", n -> 500);
    assertThat(onSite("send license_created {} --wait --timeout 1s").out())
        .containsPattern("dlv_\\w+ not finished after 1s: .*; next attempt at 2");
  }

  @Test
  void theMetadataOfSitesIsListed() {
    var unused = typed("sites change " + site() + " --metadata plan=gold");
    assertThat(typed("sites list -o wide").out()).contains("METADATA", "plan=gold");
  }
}
