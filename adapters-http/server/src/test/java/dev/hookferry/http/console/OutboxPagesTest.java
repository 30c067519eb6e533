package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.http.console.outbox.OutboxNotice;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbox.ListedOutbox;
import dev.hookferry.query.AuditQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxPagesTest {
  private static final String ORDERS = "/outboxes/orders";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();
  private final ListedOutbox orders = new ListedOutbox("orders", 5);

  @Test
  void withoutAnOutboxThePageSaysHowToGetOne() {
    assertThat(admin.get("/outboxes").body()).contains("relays no outboxes", "--outbox JDBC_URL");
    assertThat(admin.get(ORDERS).status()).isEqualTo(404);
    assertThat(admin.get("/sites/default").body()).doesNotContain("id=\"outboxes\"");
  }

  @Test
  void onlyAdminsSeeOutboxes() {
    add(orders);
    Person manager = place.person(SiteId.DEFAULT, Scope.MANAGE, Scope.READ);
    for (String page : List.of("/outboxes", ORDERS)) {
      assertThat(manager.get(page).status()).as(page).isEqualTo(403);
    }
    for (String change : List.of("/retry", "/discard", "/discard/confirm")) {
      assertThat(manager.post(ORDERS + change, "all=true").status()).isEqualTo(403);
    }
    assertThat(manager.get("/sites/default").body()).doesNotContain("/outboxes");
    assertThat(rejected(orders)).isEqualTo(5);
  }

  @Test
  void rejectedRowsAreShownWithTheirReasonAndData() {
    add(orders);
    assertThat(admin.get("/outboxes").body())
        .contains("href=\"/outboxes/orders\"", "relaying", "hookferry_outbox");
    assertThat(admin.get(ORDERS).body())
        .contains(
            "order-5",
            "order-1",
            "nobody_knows",
            "type: is not known",
            "<pre tabindex=\"0\">{}</pre>")
        .contains("2026-11-27 12:00:05.000 UTC");
  }

  @Test
  void selectedRowsAreRetriedAndTheChangeIsAudited() {
    add(orders);
    admin.get(ORDERS);
    assertThat(admin.post(ORDERS + "/retry", "").body()).contains("Select 1 to 500 rows");
    assertThat(admin.post(ORDERS + "/retry", "id=x").body()).contains("Select 1 to 500 rows");
    assertThat(admin.post(ORDERS + "/retry", "id=4&id=5&id=99").body())
        .contains("2 rows are moved back into the outbox")
        .doesNotContain("order-4");
    assertThat(admin.post(ORDERS + "/retry", "all=true&id=1").body()).contains("3 rows are moved");
    assertThat(actions()).containsExactly(AuditAction.OUTBOX_RETRIED, AuditAction.OUTBOX_RETRIED);
  }

  @Test
  void rowsAreDiscardedOnlyAfterConfirmation() {
    add(orders);
    admin.get(ORDERS);
    Person.Shown question = admin.post(ORDERS + "/discard", "id=4&id=2");
    assertThat(question.body())
        .contains("Discard 2 rejected rows?", "<code>2</code>", "cannot be undone");
    assertThat(admin.post(ORDERS + "/discard", "").body()).contains("or discard all");
    assertThat(admin.post(ORDERS + "/discard", "all=true").body())
        .contains("Discard all rejected rows (5)?", "all up to <code>5</code>")
        .contains("name=\"newest\" value=\"5\"");
    assertThat(rejected(orders)).isEqualTo(5);
    assertThat(admin.post(ORDERS + "/discard/confirm", "id=4&id=2").body())
        .contains("2 rows are deleted.");
    assertThat(admin.post(ORDERS + "/discard/confirm", "all=true&newest=3").body())
        .contains("2 rows are deleted.", "order-5");
    assertThat(admin.post(ORDERS + "/discard/confirm", "all=true&newest=5").body())
        .contains("1 row is deleted.", "No rejected rows.");
    assertThat(actions()).hasSize(3).containsOnly(AuditAction.OUTBOX_DISCARDED);
  }

  @Test
  void failedDatabaseIsNamedAndItsRowsAreUnknown() {
    add(orders);
    admin.get(ORDERS);
    orders.down();
    assertThat(admin.get("/outboxes").body()).contains("failing", "unknown", "refused");
    Person.Shown shown = admin.get(ORDERS);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).contains("unknown", "refused").doesNotContain("No rejected rows.");
    assertThat(admin.post(ORDERS + "/retry", "all=true").body())
        .contains("the database of the outbox orders does not respond");
  }

  @Test
  void aLongListHasPages() {
    add(new ListedOutbox("orders", 120));
    String first = admin.get(ORDERS).body();
    assertThat(first).contains("order-120<", "order-71<").doesNotContain("order-70<");
    assertThat(admin.get(ORDERS + "?cursor=71").body()).contains("order-70<", "order-21<");
    assertThat(first).contains("href=\"/outboxes/orders?cursor=71\"");
    String many =
        LongStream.rangeClosed(1, 501).mapToObj(id -> "id=" + id).collect(Collectors.joining("&"));
    assertThat(admin.post(ORDERS + "/retry", many).body()).contains("Select 1 to 500 rows");
  }

  @Test
  void overviewShowsRejectedRowsOnlyToAdmins() {
    add(orders);
    assertThat(admin.get("/sites/default").body())
        .contains("5 rejected rows in the outbox orders", "href=\"/outboxes/orders\"");
    Person manager = place.person(SiteId.DEFAULT, Scope.MANAGE, Scope.READ);
    assertThat(manager.get("/sites/default").body()).doesNotContain("rejected rows");
  }

  @Test
  void theNoticeAsksDatabasesSeldomAndNotWhileOneFails() {
    OutboxNotice notice = new OutboxNotice(place.hookferry.webhooks());
    Instant now = Instant.parse("2026-11-27T12:00:00Z");
    assertThat(notice.at(now)).isNull();
    add(orders);
    assertThat(notice.at(now.plusSeconds(9))).isNull();
    assertThat(notice.at(now.plusSeconds(10)).title()).startsWith("5 rejected rows");
    ListedOutbox other = new ListedOutbox("shop", 1);
    add(other);
    assertThat(notice.at(now.plusSeconds(20)).title()).isEqualTo("6 rejected rows in 2 outboxes");
    other.down();
    assertThat(notice.at(now.plusSeconds(21)))
        .returns("The outbox shop is not being relayed", OutboxNotice.Notice::title)
        .returns("/outboxes", OutboxNotice.Notice::path);
  }

  private void add(ListedOutbox outbox) {
    place.hookferry.webhooks().outboxes().add(outbox);
  }

  private static long rejected(ListedOutbox outbox) {
    return outbox.status().rejected();
  }

  /** The audited actions on outboxes, in order. */
  private List<AuditAction> actions() {
    List<AuditAction> actions =
        new ArrayList<>(
            place.hookferry.webhooks().audit().list(AuditQuery.ALL).data().stream()
                .map(AuditEntry::action)
                .filter(action -> action.name().startsWith("OUTBOX"))
                .toList());
    Collections.reverse(actions);
    return actions;
  }
}
