package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventTypesTest {
  private static final SiteId SITE = Embedded.SITE;
  private static final EventType PAID = new EventType("order.paid");
  private static final EventType CREATED = new EventType("license_created");
  private static final EventTypeSpec SPEC =
      EventTypeSpec.of("An order was paid.")
          .schema("\"Key\"")
          .example("{\"Key\":1}")
          .policy(SchemaPolicy.BLOCK);

  private final Embedded embedded = new Embedded();
  private final EventTypes types = embedded.webhooks.eventTypes();

  @AfterEach
  void close() {
    embedded.close();
  }

  private void publish(EventType type, String data) {
    var unused = embedded.webhooks.publish(SITE, NewEvent.of(type.name(), data)).join();
  }

  @Test
  void includesQlmTypesWithExamples() {
    assertThat(types.all(SITE))
        .hasSize(8)
        .extracting(EventTypeDefinition::type)
        .containsExactlyElementsOf(EventCatalog.QLM_EVENTS);
    assertThat(types.all(SITE))
        .allSatisfy(
            type -> {
              assertThat(type.description()).endsWith(".");
              assertThat(type.example()).contains("northlight.example");
              assertThat(type.policy()).isEqualTo(SchemaPolicy.OFF);
              assertThat(type.changedAt()).isNull();
              publish(type.type(), String.valueOf(type.example()));
            });
  }

  @Test
  void hidesTheTypesOfQlmWhereASiteSaysSo() {
    embedded.webhooks.settings().update(SITE, s -> s.eventTypes("b", "a").hideQlmEventTypes(true));

    assertThat(types.all(SITE)).extracting(t -> t.type().name()).containsExactly("a", "b");
    assertThat(types.get(SITE, CREATED).example()).isNotNull();
    publish(CREATED, "{}");
  }

  @Test
  void declaresDescribesAndRemovesAType() {
    EventTypeDefinition put = types.put(SITE, PAID, SPEC.deprecated(true));

    assertThat(types.get(SITE, PAID)).isEqualTo(put);
    assertThat(put.description()).isEqualTo("An order was paid.");
    assertThat(put.example()).isEqualTo("{\"Key\":1}");
    assertThat(put.deprecated()).isTrue();
    assertThat(put.schema()).contains(new SchemaVersion(1, "\"Key\"", embedded.clock.instant()));
    assertThat(types.all(SITE)).hasSize(9).last().isEqualTo(put);

    types.remove(SITE, PAID);
    assertThatThrownBy(() -> types.get(SITE, PAID)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> types.remove(SITE, PAID)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> publish(PAID, "{\"Key\":1}")).hasMessageContaining("is not a known");
  }

  @Test
  void aTypeOfQlmKeepsWhatIsKnownAboutIt() {
    EventTypeDefinition put =
        types.put(SITE, CREATED, EventTypeSpec.of("").schema("\"ActivationKey\""));
    assertThat(put.description()).isEqualTo("A license was created.");
    assertThat(put.example()).contains("ActivationKey");

    types.remove(SITE, CREATED);
    assertThat(types.get(SITE, CREATED).versions()).isEmpty();
  }

  @Test
  void aBreakingChangeNeedsAnotherVersion() {
    types.put(SITE, PAID, SPEC);
    assertThat(types.put(SITE, PAID, SPEC.schema("\"Key\" more")).schema().orElseThrow().number())
        .isEqualTo(1);

    EventTypeSpec broken = SPEC.schema("\"Id\"").example(null);
    assertThatThrownBy(() -> types.put(SITE, PAID, broken))
        .hasMessage("schema/a: is changed: this may break others, so make it version 2");
    assertThatThrownBy(() -> types.put(SITE, PAID, EventTypeSpec.of("")))
        .hasMessage("schema: is in force and cannot be removed; set policy to off first");
    assertThatThrownBy(() -> types.addVersion(SITE, PAID, 3, "\"Id\"", null))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("next version of the schema is 2 (got 3)");
    assertThatThrownBy(() -> types.addVersion(SITE, PAID, 2, "\"Id\"", null))
        .hasMessage("example/a: must contain \"Id\"");

    EventTypeDefinition second = types.addVersion(SITE, PAID, 2, "\"Id\"", "{\"Id\":1}");
    assertThat(types.addVersion(SITE, PAID, 2, "\"Id\"", "{\"Id\":1}")).isSameAs(second);
    assertThatThrownBy(() -> types.addVersion(SITE, PAID, 2, "\"Other\"", null))
        .isInstanceOf(ConflictException.class);
    assertThat(second.version(1).orElseThrow().schema()).isEqualTo("\"Key\" more");
    assertThatThrownBy(() -> publish(PAID, "{\"Key\":1}")).hasMessageContaining("version 2");

    types.put(SITE, PAID, SPEC.schema("\"Id\"").example(null).policy(SchemaPolicy.OFF));
    assertThat(types.put(SITE, PAID, EventTypeSpec.of("x")).versions()).isEmpty();
  }

  @Test
  void keepsTheNewestVersions() {
    types.put(SITE, PAID, SPEC.example(null).schema("\"v1\""));
    for (int i = 2; i <= EventTypeFields.MAX_VERSIONS + 5; i++) {
      types.addVersion(SITE, PAID, i, "\"v" + i + "\"", null);
    }
    assertThat(types.get(SITE, PAID).versions())
        .hasSize(EventTypeFields.MAX_VERSIONS)
        .extracting(SchemaVersion::number)
        .startsWith(6)
        .endsWith(25);
    types.addVersion(SITE, PAID, 26, "\"" + "x".repeat(EventTypeFields.MAX_HISTORY) + "\"", null);
    assertThat(types.addVersion(SITE, PAID, 27, "\"end\"", null).versions()).hasSize(1);
  }

  @Test
  void refusalsNameTheFieldAndChangeNothing() {
    assertThatThrownBy(() -> types.put(SITE, PAID, SPEC.schema("\"bad\"")))
        .hasMessage("schema/type: must be known");
    assertThatThrownBy(() -> types.put(SITE, PAID, SPEC.schema(null)))
        .hasMessage("policy: must be off for a type without a schema");
    assertThatThrownBy(() -> types.put(SITE, PAID, SPEC.example("{}")))
        .hasMessage("example/a: must contain \"Key\"");
    assertThatThrownBy(() -> types.put(SITE, EventType.TEST, SPEC))
        .hasMessageContaining("test is reserved for tests of endpoints");
    assertThatThrownBy(() -> types.put(SITE, new EventType("endpoint_failing"), SPEC))
        .hasMessageContaining("is reserved for Hookferry's operational events");
    assertThatThrownBy(() -> types.put(new SiteId("none"), PAID, SPEC))
        .isInstanceOf(NotFoundException.class);
    assertThat(types.all(SITE)).hasSize(8);
  }

  @Test
  void aSpecificationKeepsItsLimits() {
    int most = EventTypeFields.MAX_EXAMPLE;
    assertThat(SPEC.example("\"" + "x".repeat(most - 2) + "\"").example()).hasSize(most);
    assertThatThrownBy(() -> SPEC.example("\"" + "x".repeat(most - 1) + "\""))
        .hasMessage("example: must have at most 65536 bytes (got 65537)");
    assertThatThrownBy(() -> SPEC.example("{"))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("example");
    assertThat(SPEC.description("x".repeat(2_000)).description()).hasSize(2_000);
    assertThatThrownBy(() -> SPEC.description("x".repeat(2_001)))
        .hasMessageContaining("description: ");
  }

  @Test
  void aSiteSeesOnlyItsOwn() {
    SiteId other = new SiteId("other");
    embedded.webhooks.sites().create(other);
    types.put(SITE, PAID, SPEC);
    types.put(SITE, CREATED, SPEC.schema("\"ActivationKey\"").example(null));

    assertThat(types.all(other)).hasSize(8);
    assertThatThrownBy(() -> types.get(other, PAID)).isInstanceOf(NotFoundException.class);
    var unused = embedded.webhooks.publish(other, NewEvent.of("license_created", "{}")).join();
    embedded.webhooks.sites().remove(other);
    assertThat(types.get(SITE, PAID).policy()).isEqualTo(SchemaPolicy.BLOCK);
  }

  @Test
  void aDescribedTypeStaysDeclared() {
    types.put(SITE, PAID, SPEC);

    assertThatThrownBy(() -> embedded.webhooks.settings().update(SITE, s -> s.eventTypes("x")))
        .hasMessage(
            "eventTypes: must have order.paid, which is described in the catalogue; delete it"
                + " there");
    Map<String, Object> none = Map.of("eventTypes", List.of());
    assertThatThrownBy(() -> embedded.webhooks.settings().changeByName(SITE, none))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void theAuditLogHasEveryField() {
    types.put(SITE, PAID, SPEC);
    types.put(SITE, PAID, SPEC.deprecated(true).description("Paid."));
    types.remove(SITE, PAID);

    List<AuditEntry> told = embedded.webhooks.audit().list(AuditQuery.ALL).data();
    assertThat(told)
        .filteredOn(entry -> entry.target().equals("order.paid"))
        .extracting(entry -> entry.action().code())
        .containsExactly("eventtype.removed", "eventtype.changed", "eventtype.created");
    assertThat(told)
        .filteredOn(entry -> entry.action().code().equals("eventtype.changed"))
        .flatExtracting(AuditEntry::changes)
        .extracting(FieldChange::field)
        .containsExactly("description", "deprecated");
    assertThat(told)
        .filteredOn(entry -> entry.action().code().equals("eventtype.created"))
        .flatExtracting(AuditEntry::changes)
        .extracting(FieldChange::field)
        .containsExactly("description", "example", "policy", "deprecated", "version", "schema");
  }
}
