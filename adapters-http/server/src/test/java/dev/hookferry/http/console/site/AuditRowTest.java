package dev.hookferry.http.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.FieldChange;
import dev.hookferry.http.console.text.AuditValue;
import dev.hookferry.http.words.DisplayTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditRowTest {
  @Test
  void aUserOfThePortalIsNamedByTheLinksNameAndExplained() {
    AuditRow named = by("portal:c-1 \"Ada Lovelace\"", "127.0.0.1");
    assertThat(named.author()).isEqualTo("Ada Lovelace");
    assertThat(named.origin()).isEqualTo("portal user c-1, from 127.0.0.1");
    AuditRow unnamed = by("portal:c-1", "127.0.0.1");
    assertThat(unnamed.author()).isEqualTo("portal:c-1");
    assertThat(unnamed.origin()).isEqualTo("from 127.0.0.1");
    assertThat(by("Hookferry", "").origin()).isEmpty();
    assertThat(by("portal:c-1 \"Ada\"", "").origin()).isEqualTo("portal user c-1");
  }

  @Test
  void aChangeOfAListSaysWhatWasAddedAndRemoved() {
    assertThat(difference("[a.*]", "[a.*, b.*]")).isEqualTo("added b.*");
    assertThat(difference("[a.*, b.*]", "[a.*]")).isEqualTo("removed b.*");
    assertThat(difference("[a, b]", "[b, c, d]")).isEqualTo("added c, d; removed a");
  }

  @Test
  void otherChangesShowBothValues() {
    assertThat(difference("[a, b]", "[b, a]")).as("the order").isEmpty();
    assertThat(difference("[a, b]", "[b, a, c]")).as("also the order").isEmpty();
    assertThat(difference("[5s, 1m, 1m]", "[5s, 1m, 30m]")).as("delays").isEmpty();
    assertThat(difference("[a]", "[a, " + "b".repeat(200) + "]")).as("long").isEmpty();
    assertThat(difference("[]", "[a]")).as("the first one").isEmpty();
    assertThat(difference(null, "[a]")).isEmpty();
    assertThat(difference("a", "b")).isEmpty();
    assertThat(difference("[{\"a\":1, \"b\":2}]", "[c]")).as("objects").isEmpty();
  }

  @Test
  void aReplayOfAnyPeriodStatesItsEndOnly() {
    List<FieldChange> changes =
        List.of(
            new FieldChange("count", null, "100"),
            new FieldChange("since", null, "1970-01-01T00:00:00Z"),
            new FieldChange("until", null, "2026-12-03T06:44:00Z"));
    AuditRow row = row("replay.started", changes);
    assertThat(row.first())
        .extracting(row::label)
        .containsExactly("Deliveries", "Created any time until");
    AuditRow bounded = row("replay.started", changes.subList(0, 1));
    assertThat(bounded.label(new FieldChange("until", null, ""))).isEqualTo("Created until");
  }

  @Test
  void anImageOfThePortalHasItsHashOnlyIfItReplacesAnother() {
    String image = "svg of 324 bytes, SHA-256 0a1b2c3d4e5f…";
    FieldChange change = new FieldChange("portal.logo-light", null, image);
    assertThat(row("site.changed", List.of(change)).label(change)).isEqualTo("Portal logo (light)");
    assertThat(AuditValue.shown(change, image)).isEqualTo("svg of 324 bytes");
    String other = "svg of 324 bytes, SHA-256 ffffffffffff…";
    FieldChange replaced = new FieldChange("portal.logo-light", other, image);
    assertThat(AuditValue.shown(replaced, image)).isEqualTo(image);
    assertThat(AuditValue.shown(replaced, other)).isEqualTo(other);
  }

  private static AuditRow row(String action, List<FieldChange> changes) {
    DisplayTime none = DisplayTime.NONE;
    return new AuditRow("aud_1", none, "", "", action, "", "", "rpl_1", "", "", changes, "");
  }

  private static String difference(String before, String after) {
    return ListDifference.of(new FieldChange("eventTypes", before, after));
  }

  private static AuditRow by(String author, String from) {
    return new AuditRow(
        "aud_1", DisplayTime.NONE, author, from, "", "", "", "", "", "", List.of(), "");
  }
}
