package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a repeated publish is known: fingerprints, idempotence, payloads. */
class RepeatedPublishTest {
  private static final EventType TYPE = new EventType("license_created");
  private static final Instant TIME = Instant.parse("2026-04-29T16:39:49Z");

  @Test
  void fingerprintsTheProducersValues() {
    Set<Fingerprint> prints =
        new HashSet<>(
            List.of(
                Fingerprint.of(TYPE, null, Payload.of("{}")),
                Fingerprint.of(TYPE, null, Payload.of("{} ")),
                Fingerprint.of(TYPE, TIME, Payload.of("{}")),
                Fingerprint.of(TYPE, TIME.plusMillis(1), Payload.of("{}")),
                Fingerprint.of(EventType.TEST, null, Payload.of("{}"))));

    assertThat(prints).hasSize(5);
    assertThat(Fingerprint.of(TYPE, TIME, Payload.of("{}")))
        .isEqualTo(Fingerprint.of(TYPE, TIME, Payload.copyOf(new byte[] {'{', '}'})));
  }

  /** Stores keep fingerprints: another one for the same content would refuse old repeats. */
  @Test
  void fingerprintsAreStable() {
    assertThat(Fingerprint.of(TYPE, TIME, Payload.of("{}")).hex())
        .isEqualTo("52957b19bb2e7280d8e1cf4a7b1109c0572813cae370d531c80598584996b33f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "G"})
  void refusesAnInvalidFingerprint(String text) {
    assertThatThrownBy(() -> new Fingerprint(text)).isInstanceOf(InvalidException.class);
    assertThatThrownBy(() -> new Fingerprint("A".repeat(64))).isInstanceOf(InvalidException.class);
  }

  @Test
  void anIdOrKeyMakesAPublishIdempotent() {
    NewEvent plain = NewEvent.of("license_created", "{}");
    Fingerprint print = Fingerprint.of(TYPE, null, Payload.of("{}"));

    assertThat(plain.idempotence(null)).isNull();
    assertThat(plain.id("a").idempotence(null)).isEqualTo(new Idempotence(null, print));
    assertThat(NewEvent.of(TYPE, plain.data()).idempotencyKey("k").idempotence(null))
        .isEqualTo(new Idempotence("k", print));
    assertThat(
            NewEvent.of(TYPE, plain.data()).occurredAt(TIME).idempotencyKey("k").idempotence(null))
        .isNotEqualTo(new Idempotence("k", print));
  }

  @Test
  void aRepeatMayBeSubmittedAtAnotherTime() {
    NewEvent plain = NewEvent.of("license_created", "{}").id("a").label("tier", "gold");
    NewEvent submitted = plain.submittedAt(TIME);

    assertThat(submitted.idempotence(null)).isEqualTo(plain.idempotence(null));
    assertThat(submitted.label("tier", "silver").idempotence(null))
        .isNotEqualTo(plain.idempotence(null));
    Instant now = TIME.plusSeconds(9);
    assertThat(plain.time(now)).isEqualTo(now);
    assertThat(submitted.subject("anna").time(now)).isEqualTo(TIME);
    assertThat(submitted.occurredAt(TIME.minusSeconds(1)).time(now))
        .isEqualTo(TIME.minusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "é", "a\n", "\u007f"})
  void refusesAnInvalidKey(String key) {
    Fingerprint print = Fingerprint.of(TYPE, null, Payload.empty());
    assertThatThrownBy(() -> new Idempotence(key, print))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("Idempotency-Key: must be");
    assertThatThrownBy(() -> new Idempotence("x".repeat(256), print))
        .isInstanceOf(InvalidException.class);
    assertThat(new Idempotence("~".repeat(255), print).key()).hasSize(255);
  }

  @Test
  void payloadsAreImmutable() {
    byte[] bytes = {1, 2, 3};
    Payload payload = Payload.copyOf(bytes);
    bytes[0] = 9;
    payload.toBytes()[1] = 9;

    assertThat(payload.toBytes()).containsExactly(1, 2, 3);
    assertThat(payload.view().isReadOnly()).isTrue();
    assertThat(payload).isEqualTo(Payload.wrap(new byte[] {1, 2, 3})).hasSameHashCodeAs(payload);
    assertThat(payload).hasToString("Payload[3 bytes]");
    assertThat(Payload.of("é").size()).isEqualTo(2);
    assertThat(Payload.empty().size()).isZero();
  }
}
