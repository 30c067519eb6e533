package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.outbox.ListedOutbox;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxesTest {
  private final Embedded embedded = new Embedded();
  private final ListedOutbox orders = new ListedOutbox("orders", 5);

  @AfterEach
  void close() {
    embedded.close();
  }

  private Outboxes outboxes() {
    return embedded.webhooks.outboxes();
  }

  @Test
  void everyFacadeShowsARegisteredOutbox() {
    outboxes().add(orders);
    outboxes().add(new ListedOutbox("billing", 0));
    outboxes().add(orders);

    assertThat(embedded.webhooks.actingAs(new Actor(null, "clerk", "")).outboxes().list())
        .extracting(OutboxStatus::name)
        .containsExactly("billing", "orders");
    assertThatThrownBy(() -> outboxes().add(new ListedOutbox("orders", 0)))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("orders");
  }

  @Test
  void onlyARegisteredOutboxCanBeRemoved() {
    outboxes().add(orders);
    outboxes().remove(new ListedOutbox("orders", 0));
    assertThat(outboxes().list()).hasSize(1);
    outboxes().remove(orders);
    assertThat(outboxes().list()).isEmpty();
    assertThatThrownBy(() -> outboxes().rejected("orders", PageRequest.FIRST))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("there is no outbox orders");
  }

  @Test
  void handlingOfRejectedRowsIsAudited() {
    outboxes().add(orders);
    Outboxes clerks = embedded.webhooks.actingAs(new Actor(null, "clerk", "10.0.0.7")).outboxes();

    assertThat(clerks.discard("orders", RowSelection.of(Set.of(3L, 2L, 77L)))).isEqualTo(2);
    assertThat(clerks.retry("orders", RowSelection.ALL)).isEqualTo(3);
    assertThat(clerks.retry("orders", RowSelection.ALL)).isZero();

    List<AuditEntry> told = embedded.webhooks.audit().list(AuditQuery.ALL.target("orders")).data();
    assertThat(told)
        .extracting(entry -> entry.action().code() + " by " + entry.actor().name())
        .containsExactly("outbox.retried by clerk", "outbox.discarded by clerk");
    assertThat(told.get(1).changes())
        .containsExactly(
            new FieldChange("rows", null, "2, 3, 77"), new FieldChange("count", null, "2"));
    assertThat(told.get(0).changes()).contains(new FieldChange("rows", null, "all"));
  }

  @Test
  void anUnavailableDatabaseFailsOnlyItsOwnQueries() {
    outboxes().add(orders);
    orders.down();
    assertThat(outboxes().list().get(0).state()).isEqualTo("failing");
    assertThat(outboxes().states()).containsExactly(Map.entry("orders", "failing"));
    assertThatThrownBy(() -> outboxes().discard("orders", RowSelection.ALL))
        .isInstanceOf(OverloadedException.class);
  }

  @Test
  void aSelectionNamesRowsOrAllOfThem() {
    assertThatThrownBy(() -> RowSelection.of(List.of())).isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> new RowSelection(true, 1, Set.of(1L)))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> new RowSelection(false, 1, Set.of(1L)))
        .isInstanceOf(InvalidException.class);
    assertThat(RowSelection.allUpTo(7)).hasToString("all up to 7");
  }
}
