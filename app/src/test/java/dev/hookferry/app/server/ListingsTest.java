package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.contract.support.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lists as a terminal, a script and a spreadsheet get them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListingsTest {
  private final ServerFixture fixture = new ServerFixture("memory");
  private Tenant tenant;
  private String hook;

  @BeforeEach
  void site() {
    tenant = fixture.tenant();
    hook = tenant.path("hook").text();
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> 500);
    tenant.endpoint(fixture.inbox().url(hook), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("exhausted", 1);
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  void aTerminalGetsWhatFits() {
    CommandResult narrow = CommandResult.inColor(80, onSite("deliveries", "list"));
    assertThat(narrow.out().lines()).allMatch(line -> visible(line).length() <= 80);
    assertThat(narrow.out()).contains("\u001b[31mexhausted\u001b[0m");
    assertThat(narrow.out()).containsPattern("dlv_…\\w+  ");
    assertThat(narrow.out()).containsPattern("STATUS +LAST +ENDPOINT +EVENT TYPE +CREATED\\R");
    assertThat(narrow.err().strip())
        .isEqualTo("not shown: ATTEMPTS, EVENT; -o wide shows everything");
    CommandResult wide = CommandResult.inColor(80, onSite("deliveries", "list", "-o", "wide"));
    assertThat(wide).isEqualTo(CommandResult.run(onSite("deliveries", "list")));
    assertThat(wide.out()).contains("REASON", "exhausted").doesNotContain("\u001b");
    assertThat(CommandResult.inColor(200, onSite("log")).out())
        .containsPattern("(now|\\d s ago) +license");
    assertThat(CommandResult.inColor(200, onSite("endpoints", "show", endpoint())).out())
        .containsPattern("Created +2\\S+Z \\((now|\\d+ s ago)\\)");
  }

  @Test
  void aRetryNeedsNoReasonAndAnEndpointHasAName() {
    tenant.changeSettings("{'webHookMaxRetries': 3}");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("pending", 1);
    String[] pending = onSite("deliveries", "list", "--status", "pending");
    Poll.until(() -> CommandResult.run(pending).out().contains("retry scheduled"));
    CommandResult narrow = CommandResult.inColor(80, pending);
    assertThat(narrow.out().lines()).hasSize(2);
    assertThat(narrow.out())
        .containsPattern("STATUS +LAST +ENDPOINT +EVENT TYPE ")
        .containsPattern("  127\\.0\\.0\\.1\\S+  license_created  ")
        .doesNotContain("retry scheduled", "REASON");
    var unused =
        CommandResult.run(onSite("endpoints", "change", endpoint(), "--description", "The CRM"));
    assertThat(CommandResult.inColor(80, pending).out()).contains("  The CRM   license_created  ");
    assertThat(CommandResult.inColor(80, onSite("endpoints", "list")).out())
        .containsPattern("^ENDPOINT +URL ")
        .containsPattern("retrying: \\d failures?\\b");
    assertThat(CommandResult.run(onSite("endpoints", "list")).out()).startsWith("ENDPOINT ");
    assertThat(CommandResult.run(onSite("endpoints", "list", "-o", "csv")).out())
        .startsWith("id,uid,");
  }

  @Test
  void sendAcceptsDataAsAnOption() {
    CommandResult sent =
        CommandResult.run(onSite("send", "license_created", "--data", "{\"Number\":\"4711\"}"));
    assertThat(sent.out()).contains("accepted evt_");
    assertThat(CommandResult.run(onSite("events", "find", "4711")).out())
        .contains("license_created");
  }

  /** The uid stands in the place of the id; without one, the id is there. */
  @Test
  void aListOfEndpointsNamesAllColumnsThatATerminalLeavesOut() {
    assertThat(CommandResult.inColor(200, onSite("endpoints", "list")).err().strip())
        .isEqualTo("not shown: FAILURES; -o wide shows everything");
    var unused = CommandResult.run(onSite("endpoints", "change", endpoint(), "--uid", "crm"));
    CommandResult narrow = CommandResult.inColor(80, onSite("endpoints", "list"));
    assertThat(narrow.err().replaceAll("\\s+", " "))
        .startsWith("not shown: ")
        .contains("ID", "FAILURES", "; -o wide shows everything");
    assertThat(CommandResult.run(onSite("endpoints", "list", "-o", "wide")).out())
        .contains("ID", "FAILURES");
  }

  private static String visible(String line) {
    return line.replaceAll("\u001b\\[\\d*m", "");
  }

  @Test
  void aSpreadsheetGetsTheColumnsOfTheList() {
    String[] lines =
        CommandResult.run(onSite("deliveries", "list", "-o", "csv")).out().split("\r\n");
    assertThat(lines).hasSize(2);
    assertThat(lines[0])
        .isEqualTo(
            "id,status,last,endpoint,uid,event_type,attempts,next_attempt,created,event,reason");
    assertThat(lines[1])
        .matches(
            "dlv_\\w+,exhausted,\\d+," + endpoint() + ",,license_created,1,,2\\S+Z,evt_\\w+,.*");
    CommandResult none =
        CommandResult.run(onSite("deliveries", "list", "--status", "cancelled", "-o", "csv"));
    assertThat(none.out()).startsWith("id,status,").hasLineCount(1);
    assertThat(none.err().strip()).isEqualTo("no deliveries");
  }

  @Test
  void deliveriesAreFilteredByStatusClassAndTypePattern() {
    assertThat(deliveries("--code", "5xx")).hasLineCount(2);
    assertThat(deliveries("--code", "4xx")).contains("no deliveries");
    assertThat(deliveries("--type", "license_*")).hasLineCount(2);
    assertThat(deliveries("--type", "customer_*")).contains("no deliveries");
    CommandResult refused = CommandResult.run(onSite("deliveries", "list", "--code", "6xx"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--code");
  }

  private String deliveries(String option, String value) {
    CommandResult listed = CommandResult.run(onSite("deliveries", "list", option, value));
    return listed.out() + listed.err();
  }

  @Test
  void theRoutingOfAnEventTellsHowFarItsDeliveryIs() {
    String event = tenant.list("events").get(0).path("id").asText();
    assertThat(CommandResult.run(onSite("events", "routing", event)).out())
        .containsPattern("URL +OUTCOME +STATUS +DELIVERY +REASON")
        .containsPattern(
            "routed +exhausted +dlv_\\w+ +It has a delivery: exhausted; \\* matches now\\.");
  }

  @Test
  void aListWithoutPagesHasNoMore() {
    assertThat(CommandResult.run(onSite("signing-keys", "list")))
        .isEqualTo(new CommandResult(0, "no signing keys" + System.lineSeparator(), ""));
  }

  @Test
  void objectSettingIsShownAsGiven() {
    String portal = "{\"enabled\":false,\"origins\":[\"https://a.example\"]}";
    CommandResult changed = CommandResult.run(onSite("settings", "change", "portal=" + portal));
    assertThat(changed.out()).isEqualTo("portal.origins: none → https://a.example\n");
    assertThat(CommandResult.run(onSite("settings", "list")).out()).contains(portal);
  }

  @Test
  void aReplayOfNothingSaysSo() {
    String[] none =
        onSite("replays", "start", "--since", "1h", "--status", "poisoned", "--dry-run");
    assertThat(CommandResult.run(none).out()).contains("nothing to replay");
    String[] sent = onSite("replays", "start", "--since", "1h", "--status", "poisoned", "--yes");
    assertThat(CommandResult.run(sent).out().strip()).isEqualTo("nothing to replay");
  }

  @Test
  void anEventIsFoundByIdsAndByItsData() {
    tenant.publish(
        "{\"type\":\"license_created\",\"data\":{\"Key\":\"Ab-7\",\"N\":[1,{\"x\":9}]}}");
    String[] byField = onSite("events", "find", "key:ab-7");
    String event = CommandResult.run(byField).out().lines().toList().get(1).split(" ")[0];
    assertThat(CommandResult.run(byField).out()).contains("license_created", "LicenseInfo.Key");
    assertThat(CommandResult.run(onSite("events", "find", "AB")).out()).contains(event);
    assertThat(CommandResult.run(onSite("events", "find", "x:9")).out())
        .contains("LicenseInfo.N.x");
    assertThat(CommandResult.run(onSite("events", "find", event)).out()).containsPattern(" id\\R");
    String delivery = tenant.list("deliveries").get(0).path("id").asText();
    assertThat(CommandResult.run(onSite("events", "find", delivery)).out()).contains(event);
    CommandResult none = CommandResult.run(onSite("events", "find", "other:ab-7"));
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err().strip()).isEqualTo("found nothing; read 2 events");
    CommandResult cut = CommandResult.run(onSite("events", "find", "nothing", "--limit", "1"));
    assertThat(cut.err()).startsWith("only the newest event was read; use --limit");
  }

  @Test
  void anEventIsFoundBySearchFields() {
    CommandResult refused = CommandResult.run(onSite("events", "list", "--field", "Key=Ab-7"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("searchFields, but there are none");
    assertThat(CommandResult.run(onSite("settings", "change", "searchFields=Key,N.x")).out())
        .contains("searchFields: none → Key,N.x");
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"Key\":\"Ab-7\",\"N\":{\"x\":9}}}");

    CommandResult listed =
        CommandResult.run(onSite("events", "list", "--field", "Key=Ab-7", "--field", "N.x=9"));
    assertThat(listed.out()).hasLineCount(2).contains("Key=Ab-7 N.x=9");
    assertThat(listed.err()).contains("may be missing");
    assertThat(CommandResult.run(onSite("events", "find", "--field", "N.x=9")).out())
        .hasLineCount(2);
    assertThat(CommandResult.run(onSite("events", "find", "--field", "N.x=8")).code()).isEqualTo(1);
    assertThat(CommandResult.run(onSite("events", "find", "Key:Ab-7")).out())
        .containsPattern(" Key\\R");
    assertThat(CommandResult.run(onSite("events", "find", "Key=Ab-7")).out())
        .containsPattern(" Key\\R");
    assertThat(CommandResult.run(onSite("events", "list", "--field", "Key:Ab-7")).out())
        .hasLineCount(2);
    assertThat(CommandResult.run(onSite("events", "find", "n.x:9")).out())
        .contains("LicenseInfo.N.x");
    assertThat(CommandResult.run(onSite("events", "find")).code()).isEqualTo(2);
    assertThat(CommandResult.run(onSite("events", "find", "a", "--field", "N.x=9")).code())
        .isEqualTo(2);
  }

  @Test
  void deliveriesAreListedAndSentAgainBySearchFields() {
    CommandResult refused = CommandResult.run(onSite("deliveries", "list", "--field", "Key=Ab-7"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("searchFields, but there are none");
    CommandResult set = CommandResult.run(onSite("settings", "change", "searchFields=Key"));
    assertThat(set.code()).isZero();
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"Key\":\"Ab-7\"}}");
    tenant.awaitDeliveries("exhausted", 2);

    CommandResult listed = CommandResult.run(onSite("deliveries", "list", "--field", "Key=Ab-7"));
    assertThat(listed.out()).hasLineCount(2).contains("license_created");
    assertThat(listed.err()).contains("may be missing");
    CommandResult replay =
        CommandResult.run(
            onSite("replays", "start", "--since", "1h", "--field", "Key=Ab-7", "--yes"));
    assertThat(replay.out()).contains(": 1 delivery at up to 10 per second;");
    CommandResult wrong =
        CommandResult.run(onSite("replays", "start", "--since", "1h", "--field", "Key", "--yes"));
    assertThat(wrong.err()).contains("--field: must be NAME=VALUE (got Key)");
  }

  @Test
  void jsonIsAskedForInTwoWays() {
    String json = CommandResult.run(onSite("endpoints", "list", "-o", "json")).out();
    assertThat(json).isEqualTo(CommandResult.run(onSite("endpoints", "list", "--json")).out());
    assertThat(json).contains("\"data\": [");
  }

  @Test
  void aReplayIsAwaitedUntilItHasSentEverything() {
    fixture.inbox().responding(hook, n -> 200);
    CommandResult waited =
        CommandResult.run(
            onSite("replays", "start", "--since", "1h", "--rate", "1000", "--wait", "--yes"));
    assertThat(waited.out()).matches("rpl_\\w+ is done: 1 delivery is due again, 0 skipped\\R");
    assertThat(waited.code()).isZero();
    String id = waited.out().split(" ")[0];
    assertThat(CommandResult.run(onSite("replays", "show", id, "--wait"))).isEqualTo(waited);
    assertThat(CommandResult.run(onSite("replays", "show", id)).out())
        .containsPattern("State +done");
    tenant.awaitDeliveries("delivered", 1);
  }

  @Test
  void problemsAreListedAcknowledgedAndMuted() {
    String id = endpoint();
    // The failure is counted a moment after it is recorded.
    Pattern open = Pattern.compile("open +" + id + " +500");
    Poll.until(() -> open.matcher(CommandResult.run(onSite("problems", "list")).out()).find());
    CommandResult none = CommandResult.run(onSite("problems", "acknowledge", id, "banana"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("must be the cause of a problem of " + id, "problems list");
    assertThat(CommandResult.run(onSite("problems", "acknowledge", id, "500")).out())
        .isEqualTo("acknowledged 500 of " + id + System.lineSeparator());
    assertThat(CommandResult.run(onSite("problems", "list", "--status", "acknowledged")).out())
        .contains(id);
    assertThat(CommandResult.run(onSite("problems", "mute", id, "--for", "2h")).out())
        .contains("muted the problems of " + id + " until 2");
    assertThat(CommandResult.run(onSite("problems", "list", "--endpoint", id)).out())
        .contains("muted");
    assertThat(CommandResult.run(onSite("problems", "unmute", id, "--json")).out())
        .contains("unmuted");
    assertThat(CommandResult.run(onSite("problems", "list", "--status", "muted")).out())
        .contains("no problems");
    assertThat(CommandResult.run(onSite("problems", "mute", id, "--for", "91d")).err())
        .contains("--for: must be at most 90d (got 91d)");
  }

  @Test
  void irreversibleCommandsPromptAUserAndRequireYesFromAScript() {
    String key = tenant.path("key").text();
    String id = tenant.list("deliveries").get(0).path("id").asText();
    CommandResult refused =
        CommandResult.replying(List.of("n"), onSite("deliveries", "cancel", id));
    assertThat(refused.out()).startsWith("Cancel " + id + " (license_created to ep_");
    assertThat(refused.err()).contains("hookferry: nothing was changed");
    assertThat(CommandResult.replying(List.of(), onSite("deliveries", "cancel", "dlv_x")).err())
        .startsWith("hookferry: there is no delivery dlv_x");
    assertThat(CommandResult.replying(List.of(), onSite("replays", "cancel", "rpl_x")).code())
        .isEqualTo(1);
    assertThat(
            CommandResult.replying(List.of("n"), onSite("blocked-keys", "skip", "ep_x", key)).err())
        .contains("nothing was changed");
    for (String line :
        List.of(
            "deliveries cancel dlv_x",
            "replays cancel rpl_x",
            "blocked-keys skip ep_x " + key,
            "portal end --subject x",
            "portal remove-image icon",
            "keys remove key_x")) {
      CommandResult unasked = CommandResult.run(onServer(line.split(" ")));
      assertThat(unasked.code()).as(line).isEqualTo(2);
      assertThat(unasked.err().strip())
          .isEqualTo("hookferry: --yes is required: there is no terminal to ask");
    }
    assertThat(CommandResult.run(onSite("deliveries", "cancel", "dlv_x", "--yes")).err())
        .startsWith("hookferry: there is no delivery dlv_x in the site ");
  }

  private String endpoint() {
    return tenant.list("endpoints").get(0).path("id").asText();
  }

  private String[] onSite(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--site", tenant.path().text().split("/")[2]));
    return onServer(all.toArray(String[]::new));
  }

  private String[] onServer(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of("--server", fixture.server().address().toString(), "--key", ServerFixture.KEY));
    return all.toArray(String[]::new);
  }
}
