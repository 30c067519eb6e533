package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Endpoints;
import dev.hookferry.EventTypes;
import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract of the outbox, with one database per class. */
abstract class OutboxContract extends OutboxOrderContract {
  private static final int LARGE = 1 << 20;

  OutboxContract(TestDatabase database) {
    super(database);
  }

  @Test
  void committedRowsBecomeEventsAndRolledBackOnesDoNot() throws SQLException {
    EventId committed;
    try (OutboxRelay relay = scene.relay();
        Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      scene.outbox.publish(connection, SiteId.DEFAULT, NewEvent.of("license_created", "{\"i\":1}"));
      connection.rollback();
      committed =
          scene.outbox.publish(
              connection, SiteId.DEFAULT, NewEvent.of("license_created", "{\"i\":2}"));
      connection.commit();
      relay.wake();
      scene.awaitEmpty();
    }
    assertThat(scene.events()).extracting(Event::id).containsExactly(committed);
    assertThat(scene.events().get(0).payload().text()).contains("\"LicenseInfo\":{\"i\":2}");
  }

  @Test
  void aPlainInsertIsEnough() {
    Instant before = Instant.now().minusSeconds(5);
    try (OutboxRelay unused = scene.relay()) {
      scene.insert("license_created", "{\"name\":\"Zoë\"}");
      scene.awaitEmpty();
    }
    Event event = scene.events().get(0);
    assertThat(event.payload().text()).contains("{\"name\":\"Zoë\"}");
    assertThat(event.id().value()).matches("[0-9a-f-]{32,36}");
    assertThat(event.occurredAt()).isBetween(before, Instant.now().plusSeconds(5));
  }

  @Test
  void everythingThatAnEventHasArrives() throws SQLException {
    Instant at = Instant.parse("2019-07-08T09:10:11.123Z");
    NewEvent event =
        NewEvent.of("license_created", "[1.10]").id("order-7").occurredAt(at).idempotencyKey("k");
    try (Connection connection = database.connect();
        OutboxRelay unused = scene.relay()) {
      scene.outbox.publish(connection, SiteId.DEFAULT, event);
      scene.awaitEmpty();
    }
    Event made = scene.events().get(0);
    assertThat(made.id()).isEqualTo(new EventId("order-7"));
    assertThat(made.occurredAt()).isEqualTo(at);
    assertThat(made.payload().text()).contains("[1.10]");
    assertThat(scene.hookferry.webhooks().events().getByKey(SiteId.DEFAULT, "k").event().id())
        .isEqualTo(made.id());
  }

  @Test
  void theOptionalFieldsOfAnEventArrive() throws SQLException {
    Instant at = Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.MILLIS);
    EndpointId endpoint =
        scene
            .hookferry
            .webhooks()
            .endpoints()
            .create(
                SiteId.DEFAULT,
                EndpointSpec.to("https://receiver.example/").types("license_*").uid("crm"))
            .endpoint()
            .id();
    NewEvent event =
        NewEvent.of("license_created", "{}")
            .label("region", "eu \"é\"")
            .label("tier", "gold")
            .to("crm")
            .deliverAt(at)
            .orderingKey("key")
            .routing("tenant", "a/b c")
            .subject("anna@example.com");
    try (Connection connection = database.connect();
        OutboxRelay unused = scene.relay()) {
      scene.outbox.publish(connection, SiteId.DEFAULT, event);
      scene.awaitEmpty();
    }
    EventOptions options = scene.events().get(0).options();
    assertThat(options.labels()).isEqualTo(Map.of("region", "eu \"é\"", "tier", "gold"));
    assertThat(options.to()).containsExactly(endpoint);
    assertThat(options.deliverAt()).isEqualTo(at);
    assertThat(options.orderingKey()).isEqualTo("key");
    assertThat(options.routing()).isEqualTo(Map.of("tenant", "a/b c"));
    assertThat(options.subject()).matches("[0-9a-f]{32}");
  }

  /** As after a crash between the event's commit and that of the outbox. */
  @Test
  void repeatedRowIsNotRejectedForLaterEndpointChanges() throws SQLException {
    Endpoints endpoints = scene.hookferry.webhooks().endpoints();
    EndpointSpec crm = EndpointSpec.to("https://receiver.example/").types("license_*").uid("crm");
    EndpointId id = endpoints.create(SiteId.DEFAULT, crm).endpoint().id();
    NewEvent event =
        NewEvent.of("license_created", "{}").id("order-7").to("crm").occurredAt(Instant.EPOCH);
    try (Connection connection = database.connect();
        OutboxRelay unused = scene.relay()) {
      scene.outbox.publish(connection, SiteId.DEFAULT, event);
      scene.awaitEmpty();
      endpoints.change(SiteId.DEFAULT, id, EndpointSpec.change().uid("old"));
      endpoints.create(SiteId.DEFAULT, crm.url("https://other.example/"));
      scene.outbox.publish(connection, SiteId.DEFAULT, event);
      scene.awaitEmpty();
      endpoints.remove(SiteId.DEFAULT, endpoints.id(SiteId.DEFAULT, "crm"));
      endpoints.remove(SiteId.DEFAULT, id);
      scene.outbox.publish(connection, SiteId.DEFAULT, event);
      scene.awaitEmpty();
    }
    assertThat(scene.rejected()).isZero();
    assertThat(scene.events()).hasSize(1);
  }

  @Test
  void aRowWithAWrongOptionIsRejectedWithItsReason() {
    for (String columns :
        List.of(
            "labels) VALUES ('license_created', '{}', 'region=eu')",
            "labels) VALUES ('license_created', '{}', '{\"Region\":\"eu\"}')",
            "addressed_to) VALUES ('license_created', '{}', '[\"nobody\"]')",
            "addressed_to) VALUES ('license_created', '{}', 'crm')",
            "routing) VALUES ('license_created', '{}', '[]')",
            "ordering_key) VALUES ('license_created', '{}', '')")) {
      database.execute("INSERT INTO %s (type, data, %s".formatted(scene.options.table(), columns));
    }
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .extracting(row -> row.reason().replaceFirst(":.*", ""))
          .containsExactlyInAnyOrder(
              "labels", "labels", "to[0]", "addressed_to", "routing", "orderingKey");
    }
  }

  @Test
  void aRowThatViolatesItsSchemaIsRejectedUnlessThePolicyOnlyWarns() {
    EventTypes types = scene.hookferry.webhooks().eventTypes();
    EventType created = new EventType("license_created");
    EventTypeSpec strict = EventTypeSpec.of("").schema("\"Key\"");
    types.put(SiteId.DEFAULT, created, strict.policy(SchemaPolicy.BLOCK));
    try (OutboxRelay relay = scene.relay()) {
      scene.insert("license_created", "{\"Key\":1}");
      scene.insert("license_created", "{\"Name\":1}");
      scene.awaitEmpty();
      assertThat(relay.rejected(PageRequest.FIRST).data())
          .singleElement()
          .satisfies(row -> assertThat(row.reason()).contains("must contain \"Key\""));
      types.put(SiteId.DEFAULT, created, strict.policy(SchemaPolicy.WARN));
      assertThat(relay.retry(RowSelection.ALL)).isEqualTo(1);
      scene.awaitEmpty();
    }
    assertThat(scene.rejected()).isZero();
    assertThat(scene.events()).hasSize(2);
  }

  @Test
  void anEventThatCannotBeOneIsNotEvenInserted() throws SQLException {
    try (Connection connection = database.connect()) {
      NewEvent broken = NewEvent.of("license_created", "{nonsense");
      assertThatThrownBy(() -> scene.outbox.publish(connection, SiteId.DEFAULT, broken))
          .isInstanceOf(InvalidException.class)
          .hasMessageStartingWith("data: ");
      NewEvent large = NewEvent.of("license_created", '"' + "x".repeat(LARGE) + '"');
      assertThatThrownBy(() -> scene.outbox.publish(connection, SiteId.DEFAULT, large))
          .hasMessage("data: must be at most 1048576 bytes");
      NewEvent key = NewEvent.of("license_created", "{}").idempotencyKey("with space");
      assertThatThrownBy(() -> scene.outbox.publish(connection, SiteId.DEFAULT, key))
          .hasMessageStartingWith("idempotencyKey: ");
      NewEvent old = NewEvent.of("license_created", "{}").occurredAt(Instant.EPOCH.minusMillis(1));
      assertThatThrownBy(() -> scene.outbox.publish(connection, SiteId.DEFAULT, old))
          .hasMessage("occurredAt: must be a valid time in the years 1970 to 9999");
      NewEvent early = NewEvent.of("license_created", "{}").deliverAt(Instant.EPOCH.minusMillis(1));
      assertThatThrownBy(() -> scene.outbox.publish(connection, SiteId.DEFAULT, early))
          .hasMessage("deliverAt: must be a valid time in the years 1970 to 9999");
    }
    assertThat(scene.count(scene.options.table())).isZero();
  }

  @Test
  void theLargestDataArrive() throws SQLException {
    String largest = '"' + "x".repeat(LARGE - 2) + '"';
    try (Connection connection = database.connect();
        OutboxRelay unused = scene.relay()) {
      NewEvent event = NewEvent.of("license_created", largest);
      scene.outbox.publish(connection, SiteId.DEFAULT, event);
      scene.awaitEmpty();
    }
    assertThat(scene.rejected()).isZero();
    assertThat(scene.events().get(0).payload().text()).contains(largest);
  }

  @Test
  void aBadRowIsRejectedWithItsReasonAndStopsNoOther() {
    scene.insert("license_created", "{\"i\":1}");
    scene.insert("nobody_knows", "{}");
    scene.insert("license_created", "{nonsense");
    scene.insert("no type", "{}");
    scene.insert("license_created", '"' + "x".repeat(LARGE) + '"');
    database.execute(
        "INSERT INTO %s (site, type, data) VALUES ('nowhere', 'license_created', '{}')"
            .formatted(scene.options.table()));
    database.execute(
        "INSERT INTO %s (event_id, type, data) VALUES ('a.b', 'license_created', '{}')"
            .formatted(scene.options.table()));
    scene.insert("license_created", "{\"i\":2}");
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      assertThat(scene.events()).hasSize(2);
      List<RejectedRow> rows = relay.rejected(PageRequest.FIRST).data();
      assertThat(rows).hasSize(6);
      assertThat(rows)
          .extracting(RejectedRow::reason)
          .anyMatch(reason -> reason.startsWith("type: is not a known event type"))
          .anyMatch(reason -> reason.startsWith("data: "))
          .anyMatch(reason -> reason.startsWith("type: must be 1 to 128"))
          .anyMatch(reason -> reason.startsWith("data: must be at most 1048576 bytes"))
          .contains("there is no site nowhere")
          .anyMatch(reason -> reason.startsWith("id: must be 1 to 128"));
      Poll.until(() -> relay.status().relayed() == 2);
      OutboxStatus status = relay.status();
      assertThat(status.refused()).isEqualTo(6);
      assertThat(status.rejected()).isEqualTo(6);
      assertThat(status.problem()).isNull();
    }
  }

  @Test
  void rejectedRowsAreListedRetriedAndDiscarded() {
    for (int i = 0; i < 5; i++) {
      scene.insert("later_known", "{\"i\":" + i + "}");
    }
    try (OutboxRelay relay = scene.relay()) {
      Poll.until(() -> scene.rejected() == 5);
      var first = relay.rejected(PageRequest.of(3));
      var second = relay.rejected(PageRequest.of(3).after(first.next()));
      assertThat(first.data()).hasSize(3);
      assertThat(second.data()).hasSize(2);
      assertThat(second.next()).isNull();
      long newest = first.data().get(0).id();
      assertThat(first.data().get(0).data()).contains("4");

      Webhooks webhooks = scene.hookferry.webhooks();
      assertThat(webhooks.outboxes().discard("outbox", RowSelection.of(List.of(newest, 999_999L))))
          .isEqualTo(1);
      var unused =
          webhooks
              .settings()
              .update(SiteId.DEFAULT, settings -> settings.eventTypes("later_known"));
      assertThat(webhooks.outboxes().retry("outbox", RowSelection.ALL)).isEqualTo(4);
      Poll.until(() -> scene.events().size() == 4);
      assertThat(scene.rejected()).isZero();
      assertThat(webhooks.audit().list(AuditQuery.ALL).data())
          .extracting(entry -> entry.action().code() + " " + entry.target())
          .contains("outbox.retried outbox", "outbox.discarded outbox");
    }
  }

  @Test
  void refusesARetryOfAnIdQueuedAgain() {
    String table = scene.options.table();
    database.execute(
        "INSERT INTO %s (event_id, type, data) VALUES ('same', 'nobody_knows', '{}')"
            .formatted(table));
    OutboxRelay relay = scene.relay();
    scene.awaitEmpty();
    relay.close();
    database.execute(
        "INSERT INTO %s (event_id, type, data) VALUES ('same', 'license_created', '{}')"
            .formatted(table));
    assertThatThrownBy(() -> relay.retry(RowSelection.ALL)).isInstanceOf(ConflictException.class);
    assertThat(scene.rejected()).isEqualTo(1);
  }

  @Test
  void aTransactionThatCommitsLateWithSmallerIdsIsNotSkipped() throws SQLException {
    if (isOneWriter()) {
      return;
    }
    try (OutboxRelay unused = scene.relay();
        Connection late = database.connect()) {
      late.setAutoCommit(false);
      EventId slow =
          scene.outbox.publish(late, SiteId.DEFAULT, NewEvent.of("license_created", "{\"i\":1}"));
      scene.insert("license_created", "{\"i\":2}");
      Poll.until(() -> scene.events().size() == 1);
      late.commit();
      Poll.until(() -> scene.events().size() == 2);
      assertThat(scene.events()).extracting(Event::id).contains(slow);
    }
  }

  /** Several full batches, so that rows are locked while others are being published. */
  @Test
  void manyRowsAreRelayedInTheirOrder() throws SQLException {
    int rows = 1_700;
    List<EventId> ids = scene.insert(rows);
    try (OutboxRelay relay = scene.relay()) {
      scene.awaitEmpty();
      Poll.until(() -> relay.relayedRows() == rows);
    }
    assertThat(scene.events()).extracting(Event::id).containsExactlyElementsOf(ids);
  }

  @Test
  void aTableThatComesLaterIsFound() throws SQLException {
    OutboxOptions options = scene.options.withTable("later_" + TABLES.incrementAndGet());
    try (OutboxRelay relay = OutboxRelay.start(scene.hookferry.webhooks(), options);
        Connection connection = database.connect()) {
      Poll.until(() -> relay.status().problem() != null);
      assertThat(relay.status().problem()).contains("hookferry outboxes ddl --dialect ");
      Outbox.of(options).createTables(connection);
      database.execute(
          "INSERT INTO %s (type, data) VALUES ('license_created', '{}')"
              .formatted(options.table()));
      Poll.until(() -> scene.events().size() == 1);
      Poll.until(() -> relay.status().problem() == null);
    }
  }

  @Test
  void writersAndRelaysThatComeAndGoLoseAndInventNothing() {
    Fuzz.tries(
        1,
        chance -> {
          OutboxTraffic traffic = new OutboxTraffic(scene, isOneWriter() ? 1 : 4, chance);
          traffic.run();
          scene.awaitEmpty();
          assertThat(scene.events())
              .extracting(event -> event.id().value())
              .doesNotHaveDuplicates()
              .containsExactlyInAnyOrderElementsOf(traffic.committed());
          assertThat(scene.rejected()).isZero();
        });
  }
}
