package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The optional fields of an event: their bounds, their text, and that they count in a repeat. */
class EventOptionsTest {
  private static final NewEvent EVENT = NewEvent.of("license_created", "{}");
  private static final EndpointId ENDPOINT = new EndpointId(new UUID(1, 2));
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final Instant TIME = Instant.parse("2026-05-01T10:00:00.123Z");

  @Test
  void allowsEachFieldUpToItsBounds() {
    NewEvent full =
        EVENT
            .labels(pairs(10, 64, 128))
            .to(Collections.nCopies(100, "crm"))
            .orderingKey("k".repeat(128))
            .routing(pairs(16, 64, 256))
            .subject("s".repeat(256));

    assertThat(full.labels()).hasSize(10);
    assertThat(full.to()).hasSize(100);
    assertThat(full.routing()).hasSize(16);
    assertThat(full.hasOptions()).isTrue();
    assertThat(EVENT.hasOptions()).isFalse();
  }

  @Test
  void refusesEachFieldBeyondItsBounds() {
    refuses("labels", () -> EVENT.labels(pairs(11, 5, 1)));
    refuses("labels", () -> EVENT.labels(pairs(1, 65, 1)));
    refuses("labels", () -> EVENT.label("Region", "eu"));
    refuses("labels", () -> EVENT.label("", "eu"));
    refuses("labels.region", () -> EVENT.label("region", "x".repeat(129)));
    refuses("labels.region", () -> EVENT.label("region", "a\nb"));
    refuses("labels.region", () -> EVENT.label("region", "\ud800"));
    refuses("to", () -> EVENT.to(List.of()));
    refuses("to", () -> EVENT.to(Collections.nCopies(101, "crm")));
    refuses("orderingKey", () -> EVENT.orderingKey(""));
    refuses("orderingKey", () -> EVENT.orderingKey("k".repeat(129)));
    refuses("orderingKey", () -> EVENT.orderingKey("a\u0000"));
    refuses("routing", () -> EVENT.routing(pairs(17, 5, 1)));
    refuses("routing", () -> EVENT.routing("a-b", "x"));
    refuses("routing.tenant", () -> EVENT.routing("tenant", "x".repeat(257)));
    refuses("subject", () -> EVENT.subject(""));
    refuses("traceparent", () -> EVENT.traceparent("00-" + "0".repeat(32)));
    refuses("subject", () -> EVENT.subject("s".repeat(257)));
  }

  private static void refuses(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting(p -> p.field()).containsExactly(field));
  }

  private static Map<String, String> pairs(int count, int nameLength, int valueLength) {
    Map<String, String> pairs = new TreeMap<>();
    IntStream.range(0, count)
        .forEach(
            i ->
                pairs.put(
                    "%02d".formatted(i) + "a".repeat(nameLength - 2), "v".repeat(valueLength)));
    return pairs;
  }

  @Test
  void textRoundTrips() {
    EventOptions options = full("eu");

    assertThat(EventOptions.parse(options.text())).isEqualTo(options);
    assertThat(options.text())
        .isEqualTo(
            "{\"labels\":{\"a\":\"\\u00e9\",\"region\":\"eu\"},\"to\":[\""
                + ENDPOINT
                + "\"],\"deliverAt\":\"2026-05-01T10:00:00.123Z\",\"orderingKey\":\"k\","
                + "\"routing\":{\"tenant\":\"a b\"},\"subject\":\"00ff\",\"traceparent\":\""
                + TRACE
                + "\",\"unwrapped\":true}");
    EventOptions indexed = EventOptions.NONE.withSearchFields(Map.of("b", "x", "A", "é"));
    assertThat(indexed.text()).isEqualTo("{\"searchFields\":{\"A\":\"\\u00e9\",\"b\":\"x\"}}");
    assertThat(EventOptions.parse(indexed.text())).isEqualTo(indexed);
    assertThat(EventOptions.parse(null)).isSameAs(EventOptions.NONE);
    assertThat(EventOptions.NONE.isNone()).isTrue();
    assertThat(options.isNone()).isFalse();
  }

  @Test
  void refusesATextOfANewerVersion() {
    assertThatThrownBy(() -> EventOptions.parse("{\"priority\":\"high\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("priority");
  }

  private static EventOptions full(String region) {
    return new EventOptions(
            Map.of("region", region, "a", "é"),
            List.of(ENDPOINT, ENDPOINT),
            TIME,
            "k",
            Map.of("tenant", "a b"),
            "00ff",
            true)
        .withTrace(TraceContext.parse(TRACE));
  }

  @Test
  void countsInTheFingerprint() {
    EventType type = new EventType("license_created");
    Payload data = Payload.of("{}");
    NewEvent bare = NewEvent.of(type, data).occurredAt(TIME).id("e");

    assertThat(
            List.of(
                Fingerprint.of(type, null, data),
                print(bare, null),
                print(bare.label("region", "eu"), null),
                print(bare.label("region", "us"), null),
                print(bare.to("a"), null),
                print(bare.to("b"), null),
                print(bare.deliverAt(TIME), null),
                print(bare.orderingKey("k"), null),
                print(bare.routing("region", "eu"), null),
                print(bare.subject("s"), "00ff"),
                print(bare.subject("s"), "11ff")))
        .doesNotHaveDuplicates();
    assertThat(print(bare.traceparent(TRACE), null)).isEqualTo(print(bare, null));
    assertThat(print(bare.to("a").traceparent(TRACE), null)).isEqualTo(print(bare.to("a"), null));
    assertThat(print(bare, null)).isEqualTo(Fingerprint.of(type, TIME, data));
    assertThat(print(bare.to("a", "b", "a"), null)).isEqualTo(print(bare.to("b", "a"), null));
  }

  private static Fingerprint print(NewEvent event, @Nullable String subjectHash) {
    return Objects.requireNonNull(event.idempotence(subjectHash)).fingerprint();
  }

  @Test
  void schedulesAnEventInTheFutureOnly() {
    Consumer<Instant> check =
        due -> {
          Event event = event(TIME);
          assertThat(event.with(deliverAt(due)).dueAt()).isEqualTo(due.isBefore(TIME) ? TIME : due);
        };
    check.accept(TIME.minusMillis(1));
    check.accept(TIME);
    check.accept(TIME.plusMillis(1));
    assertThat(event(TIME).dueAt()).isEqualTo(TIME);
  }

  private static EventOptions deliverAt(Instant when) {
    return new EventOptions(Map.of(), List.of(), when, null, Map.of(), null, false);
  }

  private static Event event(Instant acceptedAt) {
    return new Event(
        new EventId("e-1"),
        SiteId.DEFAULT,
        EventType.TEST,
        acceptedAt,
        acceptedAt,
        Payload.empty(),
        null);
  }

  @Test
  void neverShowsTheSubject() {
    assertThat(EVENT.subject("anna@example.com").toString()).doesNotContain("anna");
  }
}
