package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.cli.io.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of commands about invalid input, in terms of the command line. */
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

  private CommandResult typed(String line) {
    List<String> all = new ArrayList<>(List.of(words(line)));
    all.addAll(
        List.of("--server", fixture.server().address().toString(), "--key", ServerFixture.KEY));
    return CommandResult.run(all.toArray(String[]::new));
  }

  private String site() {
    return tenant.path().text().split("/")[2];
  }

  private CommandResult onSite(String line) {
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
        "settings change webHookMaxRetries=-1            | webHookMaxRetries: must be a whole"
            + " number from 0 to 1000 (got -1)",
        "log --code 999                                 | --code: must be ",
        "log --outcome nope                             | --outcome: must be delivered, http",
        "log --details -o csv                           | --details: must not be given with -o csv",
        "endpoints list --json -o csv                   | --json and -o csv cannot be combined",
        "log -f -o csv                                  | --follow: must not be given with -o csv",
        "event-types export --format yaml               | --format: must be openapi or asyncapi",
        "send license_created {} --timeout 5s           | --timeout: requires --wait",
        "send {}                                        | TYPE is required, unless the JSON is",
        "problems mute ID --for 100d                    | --for: must be at most 90d (got 100d)",
        "problems list --status nope                    | --status: must be open, acknowledged or"
            + " muted (got nope)",
        "endpoints change ID --concurrency 0            | --concurrency: must be a whole number"
            + " from 1 to 1000 (got 0)",
        "endpoints change ID --url ftp://x              | --url: must begin with https://",
        "endpoints change ID --to ftp://x               | --to: must begin with https://",
        "endpoints add ftp://x --type *                 | URL: must begin with https://",
        "event-types put A!                             | TYPE: must be 1 to 128 characters",
        "portal set-image icon FILE                     | FILE: must be a PNG, or an SVG in UTF-8",
        "endpoints change ID --order bykey              | --order: must be none or by-key (got"
            + " bykey); did you mean by-key?",
        "log --since 2026-11-30 --until 2026-11-30      | --until: must be after --since",
        "replays start --since 2h --until 3h --yes      | --until: must be after --since",
        "send license_created not-json                  | FILE: no such file, and not JSON:"
            + " not-json",
        "send nope {}                                   | TYPE: nope is not an event type of the"
            + " site",
      })
  void aWrongValueIsToldByItsOption(String line, String message) {
    CommandResult refused = onSite(line.replace("%s", "v".repeat(300)));
    assertThat(refused.err()).contains(message).doesNotContain("REDACTED", "start marker");
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void errorsNameTheArgumentThatWasTyped() {
    assertThat(typed("keys add x --scope nope").err())
        .contains("--scope: must name publish, read, manage or admin (got nope)");
    assertThat(typed("sites add A_b").err()).contains("SITE: must be 1 to 64", "(got A_b)");
    assertThat(onSite("portal remove-image icon --yes"))
        .isEqualTo(new CommandResult(4, "", "hookferry: icon is not set\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deliveries show dlv_x|there is no delivery dlv_x in the site",
        "deliveries list --event evt_x|there is no event evt_x in the site",
        "events routing evt_x|there is no event evt_x in the site",
        "portal end x --yes|there is no session x in the site",
        "endpoints show x|there is no endpoint x in the site",
        "endpoints show Zoë|there is no endpoint Zoë in the site",
        "deliveries show Zoë|there is no delivery Zoë in the site",
        "deliveries list --endpoint nope|--endpoint: there is no endpoint nope in",
        "events resend evt_1 nope|ENDPOINT: there is no endpoint nope in",
        "send license_created {} --to nope|--to: there is no endpoint nope in the",
        "replays start --since 1h --endpoint nope --yes|--endpoint: there is no endpoint nope in",
      })
  void unknownIdsAreReportedUniformly(String line) {
    String[] parts = line.split("\\|");
    CommandResult refused = onSite(parts[0]);
    assertThat(refused.err()).contains(parts[1], "; hookferry ", " shows all");
    assertThat(refused.code()).isEqualTo(ExitCode.ABSENT);
  }

  @Test
  void theIdOfAnEventIsNotADelivery() {
    assertThat(onSite("deliveries show evt_x"))
        .isEqualTo(
            new CommandResult(
                ExitCode.ABSENT,
                "",
                "hookferry: there is no delivery evt_x; that is an event: hookferry events show"
                    + " evt_x --site "
                    + site()
                    + "\n"));
  }

  @Test
  void aMisspeltNameIsComparedWithThoseOfTheServer() {
    var unused = onSite("endpoints change ID --uid crm");
    String all = "? hookferry endpoints list --site " + site() + " shows all\n";
    String absent = "there is no endpoint crmm in the site " + site() + "; did you mean crm" + all;
    assertThat(onSite("endpoints show crmm").err()).isEqualTo("hookferry: " + absent);
    assertThat(onSite("log --endpoint crmm").err()).isEqualTo("hookferry: --endpoint: " + absent);
    assertThat(onSite("send license_created {} --to crm,crmm").err())
        .isEqualTo("hookferry: --to: " + absent);
    assertThat(onSite("event-types show license_craeted").err())
        .contains("; did you mean license_created? hookferry event-types list --site ");
    assertThat(onSite("send license_craeted {}").err())
        .isEqualTo(
            "hookferry: TYPE: license_craeted is not an event type of the site "
                + site()
                + "; did you mean license_created? To declare a new one: hookferry event-types add"
                + " license_craeted --site "
                + site()
                + "\n");
    assertThat(typed("endpoints list --site " + site() + "x").err())
        .contains(
            "there is no site "
                + site()
                + "x; did you mean "
                + site()
                + "? hookferry sites list shows all; hookferry keys whoami shows the site of the"
                + " key");
  }

  @Test
  void suggestsASettingByTheEndOfItsName() {
    assertThat(onSite("settings change maxRetries=5").err())
        .isEqualTo(
            "hookferry: maxRetries: is not a known setting; did you mean webHookMaxRetries?\n");
  }

  @Test
  void theServerIsAskedForTheOtherProblemsOfAList() {
    assertThat(
            onSite("deliveries list --since yesterday --limit abc --endpoint nope --status x")
                .err())
        .startsWith("hookferry: 4 problems:\n  --limit: ")
        .contains(
            "\n  --since: must be how long ago",
            "\n  --endpoint: there is no endpoint nope in the site ",
            "\n  --status: must be ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log --code x --since y --limit 0 --outcome nope,timeot --until z --type nope_*"
            + " | --code, --since, --until, --limit, --outcome, --outcome, --type",
        "log --failed --outcome timeout --details -o csv | --failed, --details",
        "events list --since x --limit 0 --label a --label b --field c --type nope_*"
            + " | --since, --limit, --label, --label, --field, --type",
        "events find --since x --limit 0 | --since, --limit, needs a text, or --field",
        "audit --since x --until y --limit 0 --action nope | --since, --until, --limit, --action",
        "send license_created {} --wait --timeout x --deliver-at y --label z"
            + " | --timeout, --deliver-at, --label",
        "replays start --since x --until y --code 7 --rate 0 --status nope --field a --type nope_*"
            + " | --since, --until, --code, --rate, --status, --field, --type, --yes is required",
        "endpoints add https://a.example/ --type * --rate-limit 0/s --concurrency -1"
            + " | --rate-limit, --concurrency",
        "endpoints change ID --rate-limit 10/d --uid a!b | --rate-limit, --uid",
        "endpoints change ID --retry 0:0 --success-status 500 --timeout 2m"
            + " | --retry, --timeout, --success-status",
        "send license_created {} --label A!b=1 --id a.b --ordering-key %s"
            + " | --id, --label, --ordering-key",
        "problems mute --for x | --for, ENDPOINT is required",
        "listen --port x --delay y --count z | --port, --delay, --count",
      })
  void reportsAllProblemsAtOnce(String line, String fields) {
    CommandResult refused =
        line.startsWith("listen")
            ? CommandResult.run(words(line))
            : line.startsWith("audit") ? typed(line) : onSite(line.replace("%s", "k".repeat(200)));
    String[] each = fields.split(", (?=--|[A-Z]|needs)");
    assertThat(refused.err())
        .startsWith("hookferry: " + each.length + " problems:\n")
        .contains(Stream.of(each).map(field -> "\n  " + field).toList());
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aReplayOfMissedEventsAsksForItsEndpointOnce() {
    assertThat(onSite("replays start --since 1h --missing").err().lines())
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).contains("endpoint"))
        .containsExactly("  --missing: requires --endpoint");
  }

  @Test
  void someSettingsAreListedByName() {
    assertThat(onSite("settings get webHookRetryInterval portal.enabled -o csv").out().lines())
        .map(line -> line.split(",")[0])
        .containsExactly("name", "webHookRetryInterval", "portal.enabled");
    assertThat(onSite("settings show openCatalog --json").out().strip())
        .isEqualToIgnoringWhitespace("{\"openCatalog\":false}");
    assertThat(onSite("settings list openCatalogue").err())
        .isEqualTo("hookferry: openCatalogue: is not a known setting; did you mean openCatalog?\n");
  }

  @Test
  void missingEndpointArgumentIsExplained() {
    assertThat(onSite("events resend evt_1").err())
        .startsWith(
            "hookferry: ENDPOINT is required: the ids or uids of the endpoints, such as crm;"
                + " hookferry events routing evt_1 --site "
                + site()
                + " shows which got it\n");
  }

  @Test
  void anEndpointsUidIsTakenInThePlaceOfItsId() {
    assertThat(onSite("endpoints change ID --uid crm").code()).isZero();
    assertThat(onSite("audit --target crm").out())
        .contains("endpoint.changed")
        .containsPattern("TARGET +UID +BY")
        .containsPattern(endpoint + " +crm ");
    assertThat(onSite("send license_created {}").code()).isZero();
    assertThat(onSite("deliveries list --endpoint crm").out()).contains(endpoint);
  }

  @Test
  void explainsWhyAnAddressedEndpointGotNothing() {
    var unused = onSite("endpoints change ID --uid crm-us --label region=us");
    CommandResult sent = onSite("send license_created {} --to crm-us");
    assertThat(sent.out()).contains("no matching endpoint");
    assertThat(sent.err().strip())
        .isEqualTo("crm-us received no delivery: the event lacks its label region=us");
    assertThat(sent.code()).isZero();
    CommandResult waited = onSite("send license_created {} --to crm-us --wait");
    assertThat(waited.code()).isEqualTo(1);
    assertThat(waited.err()).isEqualTo(sent.err());
    assertThat(onSite("send license_created {} --to crm-us --label region=us").err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--to crm --to crm", "--to crm,crm", "--to ID,crm"})
  void endpointNamedTwiceGetsOneDelivery(String to) {
    fixture.inbox().responding("/hook", n -> 200);
    var unused = onSite("endpoints change ID --uid crm");
    CommandResult sent = onSite("send license_created {} --wait " + to);
    assertThat(sent.err()).isEmpty();
    assertThat(sent.code()).isZero();
  }

  @Test
  void theInputThatATerminalWaitsForIsNamed() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
      List<String> words = new ArrayList<>(List.of("send", "license_created", "--site", site()));
      words.addAll(
          List.of("--server", fixture.server().address().toString(), "--key", ServerFixture.KEY));
      CommandResult sent = CommandResult.replying(List.of(), words.toArray(String[]::new));
      assertThat(sent.err().strip())
          .isEqualTo("reading the event's data from standard input; end with Ctrl-D");
      assertThat(sent.out()).startsWith("accepted evt_");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void valuesAreShownWithTheirUnitsAndOrigins() {
    assertThat(onSite("settings list").out()).containsPattern("webHookRetryInterval +1 s");
    assertThat(onSite("endpoints policy ID").out())
        .containsPattern("SETTING +VALUE +FROM\\R")
        .containsPattern("retry +2:1:fixed \\(2 retries, every 1 s\\) +site\\R");
    assertThat(typed("master-keys list").out()).contains("SEALS NEW SECRETS", "ON THIS NODE");
    fixture.inbox().responding("/hook", n -> 200);
    assertThat(onSite("send license_created {} --wait").code()).isZero();
    assertThat(onSite("replays start --since 1h --status delivered --yes").code()).isZero();
    String id = onSite("replays list").out().lines().toList().get(1).split(" ")[0];
    assertThat(onSite("replays show " + id).out())
        .containsPattern("Since +2[-0-9]+T[:0-9]{8}(\\.\\d{3})?Z\\R");
    tenant.changeSettings("{'webHookMaxRetries': 1}");
    assertThat(onSite("endpoints policy ID").out())
        .containsPattern("retry +1:1:fixed \\(1 retry, after 1 s\\) +site\\R");
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    assertThat(onSite("endpoints policy ID").out())
        .containsPattern("retry +0:1:fixed \\(no retries\\) +site\\R");
  }

  @Test
  void theActionsOfTheAuditLogAreNamed() {
    assertThat(typed("audit --action nope").err())
        .contains("--action: must be site.created, ", "endpoint.created", "portal.linked");
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
    CommandResult changed =
        onSite(
            "settings change portal.enabled=true portal.theme.accent=#6122e7 portal.payload=none");
    assertThat(changed.out())
        .contains("portal.enabled: false → true", "portal.theme.accent: none → #6122e7");
    assertThat(onSite("settings change portal.enabled=true portal.enabled=false").err())
        .contains("portal.enabled: must be given only once");
    assertThat(onSite("settings change portal.enabled=maybe").err()).contains("portal.enabled: ");
  }

  @Test
  void unfinishedAttemptsAreReported() {
    fixture.inbox().responding("/hook", n -> 500);
    assertThat(onSite("send license_created {} --wait --timeout 1s").out())
        .containsPattern(
            "dlv_(\\w+) not delivered within 1s: .*; next attempt at 2.*, or now with hookferry"
                + " deliveries retry dlv_\\1 --site");
  }

  @Test
  void theMetadataOfSitesIsListed() {
    var unused = typed("sites change " + site() + " --metadata plan=gold");
    assertThat(typed("sites list -o wide").out()).contains("METADATA", "plan=gold");
  }

  @Test
  void aMisspeltFieldOfAFilterIsNamed() {
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"total\":5}}");
    CommandResult tried = onSite("endpoints filter-test ID --last 5 --filter {\"totl\":5}");
    assertThat(tried.out())
        .contains("0 events match, 1 does not\n", "no event has totl; check for typos");
  }
}
