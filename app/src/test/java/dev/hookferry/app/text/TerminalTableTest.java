package dev.hookferry.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.text.TableColumn.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalTableTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:40:00Z");
  private static final String URL = "https://crm.example/hooks/of/a/customer/with/a/long/path";

  private static Table table() {
    return Table.of(
            List.of(
                TableColumn.plain("ID"),
                new TableColumn("URL", Kind.TEXT),
                new TableColumn("STATE", Kind.STATE),
                new TableColumn("CREATED", Kind.TIME),
                TableColumn.plain("EVENT")))
        .row("ep_01m88a47ape00b3zxtxqtdrqm0", URL, "disabled: gone", "2026-04-29T16:37:01Z", "e1")
        .row("ep_01m88a47ape00b3zxtxqtdrqm1", "https://b", "working", "", "e2");
  }

  @Test
  void aWideTerminalShowsEverythingWithRelativeTimes() {
    TerminalTable fitted = new TerminalTable(table(), 200, true, false, NOW);
    assertThat(fitted.hidden()).isEmpty();
    assertThat(fitted.lines().get(1)).contains(URL, "disabled: gone  2 min ago  e1");
    assertThat(fitted.lines().get(2)).endsWith("working                    e2");
  }

  @Test
  void textsAreShortenedSoThatLinesFit() {
    TerminalTable fitted = new TerminalTable(table(), 90, true, false, NOW);
    assertThat(fitted.hidden()).isEmpty();
    assertThat(fitted.lines()).allMatch(line -> line.length() <= 90);
    assertThat(fitted.lines().get(1))
        .startsWith(
            "ep_…xqtdrqm0  https://crm.example/h…mer/with/a/long/path  disabled: gone  2 min ago");
    assertThat(fitted.lines().get(0)).hasSize(90).endsWith("EVENT");
    TerminalTable narrow = new TerminalTable(table(), 75, true, false, NOW);
    assertThat(narrow.lines().get(1)).contains("  crm.example/h…h/a/long/path  disabled: gone  ");
    assertThat(narrow.lines().get(2)).contains("  b   ").doesNotContain("https://");
  }

  @Test
  void theReasonOfAStateIsShortenedBeforeItsColumnIsLeftOut() {
    String reason = "disabled: the receiver responded with 410, which ends it";
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ID"),
                    new TableColumn("URL", Kind.TEXT),
                    new TableColumn("STATE", Kind.STATE)))
            .row("ep_01m88a47ape00b3zxtxqtdrqm0", URL, reason);
    TerminalTable fitted = new TerminalTable(table, 80, true, false, NOW);
    assertThat(fitted.hidden()).isEmpty();
    assertThat(fitted.lines()).allMatch(line -> line.length() <= 80);
    assertThat(fitted.lines().get(1)).contains("disabled: the").endsWith("…");
    TerminalTable narrow = new TerminalTable(table, 60, true, false, NOW);
    assertThat(narrow.lines().get(1)).contains("disabled");
  }

  @Test
  void aShortStateIsWholeAndAnAddressLosesItsMiddle() {
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ID"),
                    new TableColumn("ENDPOINT", Kind.TEXT),
                    new TableColumn("STATE", Kind.STATE),
                    TableColumn.plain("SIGNATURES")))
            .row("1", "crm.example:8443/hooks/of/4711", "retrying: 3 failures", "qlm,standard");
    TerminalTable fitted = new TerminalTable(table, 47, true, false, NOW);
    assertThat(fitted.hidden()).containsExactly("SIGNATURES");
    assertThat(fitted.lines().get(1)).isEqualTo("1   crm.exampl…ks/of/4711  retrying: 3 failures");
  }

  @Test
  void aUrlKeepsItsSchemeAndLosesItsMiddle() {
    TerminalTable fitted = new TerminalTable(table(), 115, true, false, NOW);
    assertThat(fitted.lines().get(1)).contains("  https://crm.example/hoo", "…", "/a/long/path  ");
  }

  @Test
  void aTextWithAUrlInItKeepsItsBeginning() {
    Table table =
        Table.of(List.of(TableColumn.plain("ID"), new TableColumn("CHANGES", Kind.TEXT)))
            .row("1", "url: https://crm.example/hooks; eventTypes: *");
    TerminalTable fitted = new TerminalTable(table, 40, true, false, NOW);
    assertThat(fitted.lines())
        .containsExactly("ID  CHANGES", "1   url: https://crm.example/hooks;", "    eventTypes: *");
  }

  private static Table reasons(String... reasons) {
    Table table =
        Table.of(
            List.of(
                TableColumn.plain("ENDPOINT"),
                TableColumn.plain("OUTCOME"),
                new TableColumn("REASON", Kind.TEXT)));
    for (String reason : reasons) {
      table.row("crm", "not subscribed", reason);
    }
    return table;
  }

  @Test
  void aTextInTheLastColumnIsBrokenAtItsWords() {
    Table table = reasons("It does not subscribe to this event type.", "short");
    assertThat(new TerminalTable(table, 54, true, false, NOW).lines())
        .containsExactly(
            "ENDPOINT  OUTCOME         REASON",
            "crm       not subscribed  It does not subscribe to",
            "                          this event type.",
            "crm       not subscribed  short");
  }

  @Test
  void aTextInANarrowLastColumnGoesBelowItsRow() {
    Table table = reasons("It does not subscribe to this event type.", "short");
    assertThat(new TerminalTable(table, 46, true, false, NOW).lines())
        .containsExactly(
            "ENDPOINT  OUTCOME         REASON",
            "crm       not subscribed",
            "    It does not subscribe to this event type.",
            "crm       not subscribed  short");
  }

  @Test
  void aTextThatNeedsManyLinesGoesBelowItsRowAndIsCutAfterFour() {
    Table table = reasons("word ".repeat(100).strip());
    List<String> lines = new TerminalTable(table, 60, true, false, NOW).lines();
    assertThat(lines).hasSize(6).allMatch(line -> line.length() <= 60);
    assertThat(lines.get(1)).isEqualTo("crm       not subscribed");
    assertThat(lines.get(5)).startsWith("    word word").endsWith("wor…");
  }

  @Test
  void longWordIsBrokenInAListButNotInFields() {
    String list = "a,".repeat(40) + "x".repeat(80);
    List<String> lines = new TerminalTable(reasons(list), 60, true, false, NOW).lines();
    assertThat(lines).allMatch(line -> line.length() <= 60);
    Table fields =
        Table.of(List.of(TableColumn.plain("FIELD"), new TableColumn("VALUE", Kind.TEXT)))
            .row("URL", URL)
            .row("Reason", "the receiver responded with 500");
    assertThat(new TerminalTable(fields, 34, false, false, NOW).lines())
        .containsExactly(
            "FIELD   VALUE",
            "URL     " + URL,
            "Reason  the receiver responded",
            "        with 500");
  }

  @Test
  void idsOfOtherThingsAreShortenedBeforeColumnsAreLeftOut() {
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ID"),
                    TableColumn.plain("ENDPOINT"),
                    TableColumn.plain("MS"),
                    TableColumn.plain("TYPE")))
            .row("dlv_01m88a47ape00b3zxtxqtdrqm0", "ep_01m88a47ape00b3zxtxqtdrqm1", "12", "made");
    TerminalTable fitted = new TerminalTable(table, 60, true, false, NOW);
    assertThat(fitted.hidden()).isEmpty();
    assertThat(fitted.lines().get(1))
        .isEqualTo("dlv_01m88a47ape00b3zxtxqtdrqm0  ep_…xqtdrqm1  12  made");
  }

  /** No command takes a cut name, but every command takes a shortened id. */
  @Test
  void aNameThatARowBeginsWithStaysWholeBesideIds() {
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ENDPOINT"),
                    new TableColumn("URL", Kind.TEXT),
                    new TableColumn("DESCRIPTION", Kind.TEXT)))
            .row("contoso-erp-production", URL, "The ERP of Contoso")
            .row("ep_01m88a47ape00b3zxtxqtdrqm1", URL, "");
    TerminalTable fitted = new TerminalTable(table, 60, true, false, NOW);
    assertThat(fitted.lines().get(1)).startsWith("contoso-erp-production  ");
    assertThat(fitted.lines()).anyMatch(line -> line.startsWith("ep_…"));
    assertThat(fitted.lines()).allMatch(line -> line.length() <= 60);
  }

  @Test
  void anEmptyColumnIsLeftOutHoweverWideTheTerminalIs() {
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ID"),
                    new TableColumn("ERROR", Kind.TEXT),
                    TableColumn.plain("EVENT")))
            .row("1", "", "e1")
            .row("2", "", "");
    TerminalTable list = new TerminalTable(table, 200, true, false, NOW);
    assertThat(list.lines()).containsExactly("ID  EVENT", "1   e1", "2");
    assertThat(list.hidden()).isEmpty();
    assertThat(new TerminalTable(table, 200, false, false, NOW).lines().get(0)).contains("ERROR");
  }

  @Test
  void anEmptyColumnNeedsNoRoom() {
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ID"),
                    TableColumn.plain("UID"),
                    new TableColumn("URL", Kind.TEXT)))
            .row("ep_01m88a47ape00b3zxtxqtdrqm0", "", "https://b.example/hook");
    TerminalTable fitted = new TerminalTable(table, 55, true, false, NOW);
    assertThat(fitted.hidden()).isEmpty();
    assertThat(fitted.lines().get(1))
        .isEqualTo("ep_01m88a47ape00b3zxtxqtdrqm0  https://b.example/hook");
  }

  @Test
  void theLeastImportantColumnsAreLeftOutIfNothingCanBeShortened() {
    TerminalTable fitted = new TerminalTable(table(), 55, true, false, NOW);
    assertThat(fitted.hidden()).containsExactly("URL", "EVENT");
    assertThat(fitted.lines()).allMatch(line -> line.length() <= 55);
    TerminalTable tiny = new TerminalTable(table(), 20, true, false, NOW);
    assertThat(tiny.hidden()).containsExactly("URL", "CREATED", "EVENT");
    assertThat(tiny.lines().get(1)).isEqualTo("ep_…xqtdrqm0  disabled…");
    assertThat(new TerminalTable(table(), 60, false, false, NOW).hidden()).isEmpty();
  }

  @Test
  void aReasonStaysLongerThanTextsAndIdsOfOtherThings() {
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ID"),
                    new TableColumn("STATUS", Kind.STATE),
                    TableColumn.plain("ENDPOINT"),
                    TableColumn.plain("EVENT TYPE"),
                    new TableColumn("CREATED", Kind.TIME),
                    new TableColumn("SETTLED", Kind.TIME),
                    new TableColumn("REASON", Kind.TEXT)))
            .row(
                "dlv_01m88a47ape00b3zxtxqtdrqm0",
                "exhausted",
                "ep_01m88a47ape00b3zxtxqtdrqm1",
                "license_created",
                "2026-04-29T16:37:01Z",
                "2026-04-29T16:37:02Z",
                "the receiver responded with 500");
    TerminalTable fitted = new TerminalTable(table, 60, true, false, NOW);
    assertThat(fitted.hidden()).containsExactly("ENDPOINT", "EVENT TYPE", "SETTLED");
    assertThat(fitted.lines()).allMatch(line -> line.length() <= 60);
    assertThat(fitted.lines().get(1)).contains("exhausted  2 min ago  the re");
  }

  @Test
  void idsOfOtherThingsAndUrlsGoBeforeWhatARowTells() {
    Table table =
        Table.of(
                List.of(
                    TableColumn.plain("ENDPOINT"),
                    new TableColumn("URL", Kind.TEXT),
                    TableColumn.plain("OUTCOME"),
                    new TableColumn("STATUS", Kind.STATE),
                    new TableColumn("REASON", Kind.TEXT),
                    TableColumn.plain("DELIVERY")))
            .row(
                "ep_01m88a47ape00b3zxtxqtdrqm0",
                URL,
                "filter",
                "",
                "the filter is not met: n must be 2",
                "dlv_01m88a47ape00b3zxtxqtdrqm0")
            .row("ep_01m88a47ape00b3zxtxqtdrqm1", URL, "routed", "delivered", "", "");
    TerminalTable fitted = new TerminalTable(table, 80, true, false, NOW);
    assertThat(fitted.hidden()).containsExactly("URL", "DELIVERY");
    assertThat(fitted.lines().get(1))
        .matches("ep_…\\w+ +filter +the filter is not met: n must be 2");
  }

  @Test
  void aTextThatNeedsTwoLinesStaysInANarrowColumn() {
    Table table = reasons("given up after 4 attempts", "");
    assertThat(new TerminalTable(table, 44, true, false, NOW).lines())
        .containsExactly(
            "ENDPOINT  OUTCOME         REASON",
            "crm       not subscribed  given up after 4",
            "                          attempts",
            "crm       not subscribed");
  }

  @Test
  void theNameOfAnEndpointStaysLongerThanTimesAndTypes() {
    Table table =
        Table.of(
                List.of(
                    new TableColumn("CREATED", Kind.TIME),
                    TableColumn.plain("EVENT TYPE"),
                    TableColumn.plain("ENDPOINT"),
                    new TableColumn("NEXT", Kind.TIME)))
            .row("2026-04-29T16:37:01Z", "license_created", "crm", "2026-04-29T16:37:01Z");
    assertThat(new TerminalTable(table, 25, true, false, NOW).hidden())
        .containsExactly("EVENT TYPE", "NEXT");
  }

  @Test
  void wrapsTheNoteBelowATable() {
    assertThat(LineText.wrapped("not shown: EVENT, CREATED; -o wide shows everything", 30))
        .containsExactly("not shown: EVENT, CREATED; -o", "wide shows everything");
  }

  @Test
  void aStateHasAColorBesideItsWord() {
    List<String> lines = new TerminalTable(table(), 200, true, true, NOW).lines();
    assertThat(lines.get(0)).doesNotContain("\u001b");
    assertThat(lines.get(1)).contains("\u001b[31mdisabled: gone\u001b[0m  2 min ago");
    assertThat(lines.get(2)).contains("\u001b[32mworking       \u001b[0m");
  }

  @ParameterizedTest
  @CsvSource({
    "delivered 200, GOOD",
    "http_error 500, BAD",
    "connection_closed, BAD",
    "auth_failed, BAD",
    "backing off, DOUBTFUL",
    "pending, NONE",
    "'', NONE"
  })
  void theColorFollowsTheFirstWord(String state, StateColour color) {
    assertThat(StateColour.of(state)).isEqualTo(color);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-04-29T16:40:00.900Z, now",
    "2026-04-29T16:39:01Z, 59 s ago",
    "2026-04-29T16:41:00Z, in 1 min",
    "2026-04-29T15:40:01Z, 59 min ago",
    "2026-04-27T16:40:01Z, 47 h ago",
    "2026-04-27T16:40:00Z, 2 d ago"
  })
  void writesRelativeTimes(Instant when, String text) {
    assertThat(RelativeTime.of(when, NOW)).isEqualTo(text);
  }

  @Test
  void csvQuotesWhereNeededAndNamesItsColumns() {
    Table table = Table.of("ID", "NEXT ATTEMPT").row("a\"b", "x,y").row("c", "line\nbreak");
    assertThat(table.csv())
        .containsExactly("id,next_attempt", "\"a\"\"b\",\"x,y\"", "c,line\\nbreak");
  }
}
