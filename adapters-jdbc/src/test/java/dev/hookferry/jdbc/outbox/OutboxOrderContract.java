package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract of the order of keys in an outbox that several relays share. */
abstract class OutboxOrderContract extends OutboxFaultContract {
  /** Several batches. */
  private static final int MANY = 2_300;

  private static final int KEYS = 7;

  OutboxOrderContract(TestDatabase database) {
    super(database);
  }

  @Test
  void aRowWaitsWhileAnotherRelayPublishesAnEarlierRowOfItsKey() throws SQLException {
    if (isOneWriter()) {
      return;
    }
    NewEvent event = NewEvent.of("license_created", "{}");
    List<EventId> ids =
        inserted(
            event.orderingKey("a"), event.orderingKey("a"), event.orderingKey("b"), event, event);
    onlyThesePassTheFirst(ids.subList(2, 5));
    assertThat(scene.events())
        .extracting(Event::id)
        .containsExactly(ids.get(2), ids.get(3), ids.get(4), ids.get(0), ids.get(1));
  }

  @Test
  void manyRowsThatWaitDoNotStopTheOthers() throws SQLException {
    if (isOneWriter()) {
      return;
    }
    NewEvent event = NewEvent.of("license_created", "{}");
    List<NewEvent> events = new ArrayList<>(Collections.nCopies(700, event.orderingKey("a")));
    events.addAll(List.of(event, event.orderingKey("b")));
    List<EventId> ids = inserted(events.toArray(NewEvent[]::new));
    onlyThesePassTheFirst(ids.subList(700, 702));
    assertThat(scene.events()).hasSize(702);
  }

  /** Relays all rows; these come first, while another transaction has locked the oldest row. */
  private void onlyThesePassTheFirst(List<EventId> passing) throws SQLException {
    try (Connection other = database.connect()) {
      other.setAutoCommit(false);
      OutboxTable table = OutboxTable.of(other, OutboxDialect.of(other), scene.options.table());
      assertThat(table.lock(other, List.of(), 1)).hasSize(1);
      try (OutboxRelay unused = scene.relay()) {
        Poll.until(() -> scene.events().size() >= passing.size());
        assertThat(scene.events()).extracting(Event::id).isEqualTo(passing);
        other.rollback();
        scene.awaitEmpty();
      }
    }
  }

  /** A number of rows for which MariaDB would rather scan the table than use its index. */
  @Test
  void anOpenTransactionStopsOnlyItsOwnRows() throws SQLException {
    if (isOneWriter()) {
      return;
    }
    NewEvent event = NewEvent.of("license_created", "{}");
    try (Connection open = database.connect();
        OutboxRelay unused = scene.relay()) {
      open.setAutoCommit(false);
      EventId early = scene.outbox.publish(open, SiteId.DEFAULT, event);
      List<EventId> committed = new ArrayList<>(scene.insert(100));
      scene.awaitEmpty();
      open.commit();
      Poll.until(() -> scene.events().size() == 101);
      committed.add(early);
      assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(committed);
    }
  }

  @Test
  void twoRelaysKeepTheOrderOfEveryKey() throws SQLException {
    Map<String, List<EventId>> expected = new LinkedHashMap<>();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < MANY; i++) {
        String key = "key-" + i % KEYS;
        NewEvent event = NewEvent.of("license_created", "{}").orderingKey(key);
        EventId id = scene.outbox.publish(connection, SiteId.DEFAULT, event);
        expected.computeIfAbsent(key, unused -> new ArrayList<>()).add(id);
      }
      connection.commit();
    }
    try (OutboxRelay one = scene.relay("one", Duration.ofMinutes(1));
        OutboxRelay two = scene.relay("two", Duration.ofMinutes(1))) {
      scene.awaitEmpty();
      Poll.until(() -> one.relayedRows() + two.relayedRows() >= MANY);
    }
    Map<String, List<EventId>> found = new LinkedHashMap<>();
    for (Event event : scene.events()) {
      found
          .computeIfAbsent(event.options().orderingKey(), unused -> new ArrayList<>())
          .add(event.id());
    }
    assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
  }

  private List<EventId> inserted(NewEvent... events) throws SQLException {
    List<EventId> ids = new ArrayList<>();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      for (NewEvent event : events) {
        ids.add(scene.outbox.publish(connection, SiteId.DEFAULT, event));
      }
      connection.commit();
    }
    return ids;
  }
}
