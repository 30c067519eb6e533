package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaChecks;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.catalog.UnusableSchema;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Treatment of events whose data violates the schema of their type. */
class SchemaCheckTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final EventType PAID = new EventType("order.paid");
  private static final String GOOD = "{\"Key\":1}";
  private static final UnusableSchema UNUSABLE =
      new UnusableSchema(SITE, PAID, "schema/type: must be known");
  private static final EventTypeSpec SPEC =
      EventTypeSpec.of("").schema("\"Key\"").policy(SchemaPolicy.BLOCK);

  private final Embedded embedded = new Embedded();
  private final EventTypes types = embedded.webhooks.eventTypes();

  @AfterEach
  void close() {
    embedded.close();
  }

  private Receipt publish(String data) {
    return embedded.webhooks.publish(SITE, NewEvent.of("order.paid", data)).join();
  }

  private List<Event> stored() {
    return embedded.webhooks.events().list(EventQuery.ofSite(SITE)).data();
  }

  @Test
  void blockRefusesAndStoresNothing() {
    types.put(SITE, PAID, SPEC);
    var unused = publish(GOOD);

    assertThatThrownBy(() -> publish("{}"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InvalidException.class)
        .hasMessageContaining("data/a: must contain \"Key\" (schema of order.paid, version 1)");
    assertThatThrownBy(() -> publish("{")).hasMessageContaining("data: ");
    assertThat(stored()).hasSize(1);
    assertThat(types.checks()).isEqualTo(new SchemaChecks(1, 0, 1, 0));
  }

  @Test
  void oneBadEventOfABatchRefusesAllAndIsNamed() {
    types.put(SITE, PAID, SPEC);
    List<NewEvent> events =
        Stream.concat(
                IntStream.range(0, 30).mapToObj(i -> NewEvent.of("order.paid", GOOD)),
                Stream.of(NewEvent.of("order.paid", "{}")))
            .toList();

    assertThatThrownBy(() -> embedded.webhooks.publishAll(SITE, events).join())
        .hasCauseInstanceOf(InvalidException.class)
        .hasMessageContaining("[30].data/a: must contain");
    assertThat(stored()).isEmpty();
    assertThat(embedded.webhooks.publishAll(SITE, events.subList(0, 30)).join()).hasSize(30);
  }

  @Test
  void warnMarksAndCountsAndARepeatIsStillARepeat() {
    types.put(SITE, PAID, SPEC.policy(SchemaPolicy.WARN));
    NewEvent bad = NewEvent.of("order.paid", "{}").labels(Map.of("a", "b"));

    Receipt first = embedded.webhooks.publish(SITE, bad.idempotencyKey("k")).join();

    assertThat(stored().get(0).options().schemaProblem())
        .isEqualTo("version 1: /a must contain \"Key\"");
    assertThat(stored().get(0).options().labels()).isEqualTo(Map.of("a", "b"));
    assertThat(types.checks()).isEqualTo(new SchemaChecks(0, 1, 0, 0));
    types.put(SITE, PAID, SPEC.policy(SchemaPolicy.OFF));
    Receipt again = embedded.webhooks.publish(SITE, bad.idempotencyKey("k")).join();
    assertThat(again).isEqualTo(new Receipt(first.id(), 0, true));
    embedded.clock.advance(Duration.ofSeconds(1));
    var unused = publish("{}");
    assertThat(stored().get(0).options().schemaProblem()).isNull();
  }

  @Test
  void anAcceptedEventIsRepeatedWhateverTheSchemaSaysNow() {
    types.put(SITE, PAID, SPEC.policy(SchemaPolicy.OFF));
    NewEvent event = NewEvent.of("order.paid", "{}").idempotencyKey("k");
    Receipt first = embedded.webhooks.publish(SITE, event).join();
    types.put(SITE, PAID, SPEC);

    Receipt again = embedded.webhooks.publish(SITE, event).join();
    assertThat(again).isEqualTo(new Receipt(first.id(), 0, true));
    assertThat(types.checks()).isEqualTo(new SchemaChecks(0, 0, 0, 0));
    assertThatThrownBy(() -> embedded.webhooks.publish(SITE, event.idempotencyKey("other")).join())
        .hasCauseInstanceOf(InvalidException.class);
    assertThat(types.checks()).isEqualTo(new SchemaChecks(0, 0, 1, 0));
  }

  @Test
  void aRepeatIsNotCountedAgain() {
    types.put(SITE, PAID, SPEC.policy(SchemaPolicy.WARN));
    List<NewEvent> events =
        List.of(
            NewEvent.of("order.paid", GOOD).id("good"), NewEvent.of("order.paid", "{}").id("bad"));
    assertThat(embedded.webhooks.publishAll(SITE, events).join()).hasSize(2);
    embedded.clock.advance(Duration.ofSeconds(1));
    assertThat(embedded.webhooks.publishAll(SITE, events).join()).allMatch(Receipt::repeated);
    assertThat(types.checks()).isEqualTo(new SchemaChecks(1, 1, 0, 0));
  }

  @Test
  void anAcceptedEventIsRepeatedAfterItsTypeIsGone() {
    embedded.webhooks.settings().changeByName(SITE, Map.of("eventTypes", List.of("a.b")));
    NewEvent event = NewEvent.of("a.b", "{}").id("e1");
    Receipt first = embedded.webhooks.publish(SITE, event).join();
    embedded.webhooks.settings().changeByName(SITE, Map.of("eventTypes", List.of()));
    embedded.clock.advance(Duration.ofSeconds(1));

    Receipt again = embedded.webhooks.publish(SITE, event).join();
    assertThat(again).isEqualTo(new Receipt(first.id(), 0, true));
    assertThatThrownBy(() -> embedded.webhooks.publish(SITE, event.id("e2")).join())
        .hasCauseInstanceOf(InvalidException.class);
  }

  /** An event is never lost because of a schema that only another version can read. */
  @Test
  void aStoredSchemaThatCannotBeUsedStopsNobodyUnderWarn() {
    store(SchemaPolicy.WARN, "\"bad\"");

    try (Hookferry again = embedded.with(embedded.listener)) {
      EventTypes found = again.webhooks().eventTypes();
      var unused = again.webhooks().publish(SITE, NewEvent.of("order.paid", "{}")).join();
      assertThat(found.checks()).isEqualTo(new SchemaChecks(0, 0, 0, 1));
      assertThat(found.unusable()).containsExactly(UNUSABLE);
    }
  }

  @Test
  void aStoredSchemaThatCannotBeUsedStillBlocks() {
    NewEvent early = NewEvent.of("order.paid", "{}").id("early");
    types.put(SITE, PAID, SPEC.policy(SchemaPolicy.OFF));
    Receipt first = embedded.hookferry.webhooks().publish(SITE, early).join();
    store(SchemaPolicy.BLOCK, "\"bad\"");

    try (Hookferry again = embedded.with(embedded.listener)) {
      Webhooks webhooks = again.webhooks();
      assertThatThrownBy(() -> webhooks.publish(SITE, NewEvent.of("order.paid", "{}")).join())
          .hasRootCauseInstanceOf(InvalidException.class)
          .hasRootCauseMessage(
              "type: has the policy block and version 1 of a schema that this node cannot use"
                  + " (schema/type: must be known); update the node, or set the policy to warn");
      assertThat(webhooks.eventTypes().checks()).isEqualTo(new SchemaChecks(0, 0, 1, 0));
      assertThat(webhooks.eventTypes().unusable()).containsExactly(UNUSABLE);
      assertThat(webhooks.publish(SITE, early).join().id()).isEqualTo(first.id());
    }
  }

  /** Stores what no request could, and ends the process that has compiled another schema. */
  private void store(SchemaPolicy policy, String schema) {
    EventTypeDefinition described = types.put(SITE, PAID, SPEC);
    EventTypeDefinition stored =
        new EventTypeDefinition(
            SITE,
            PAID,
            "",
            null,
            policy,
            false,
            false,
            List.of(new SchemaVersion(1, schema, embedded.clock.instant())),
            described.createdAt(),
            described.changedAt());
    long version = embedded.store.config().version();
    List<ConfigChange> change = List.of(new ConfigChange.PutEventType(stored));
    assertThat(embedded.store.config().save(change, version)).isPresent();
    embedded.hookferry.close();
  }

  @Test
  void withoutACompilerOnlyUncheckedSchemasAreTaken() {
    MemoryStore store = new MemoryStore(ManualClock.atNoon(), Duration.ofHours(1));
    try (Hookferry bare =
        Hookferry.builder(store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .build()
            .start()) {
      EventTypes found = bare.webhooks().eventTypes();
      assertThat(found.put(SITE, PAID, SPEC.policy(SchemaPolicy.OFF)).schema()).isPresent();
      assertThatThrownBy(() -> found.put(SITE, PAID, SPEC))
          .hasMessageContaining("schema: cannot be checked, because this process has no JSON")
          .hasMessageContaining("hookferry-json-schema");
    }
  }
}
