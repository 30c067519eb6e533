package dev.hookferry.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests of ids by which a repeated request is recognised. */
class RequestKeyTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void anIdIsOneOfVersionSevenAndTellsItsTime() {
    UUID id = RequestKey.of("a", "b").id(NOON);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void onlyTheSameKeyRecognisesItAndNotForever() {
    RequestKey key = RequestKey.of("a", "b");
    UUID id = key.id(NOON);
    assertThat(RequestKey.of("a", "b").created(id, NOON.plusSeconds(60), DAY)).isTrue();
    assertThat(key.created(id, NOON.plus(DAY), DAY)).isFalse();
    assertThat(RequestKey.of("ab").created(id, NOON, DAY)).isFalse();
    assertThat(RequestKey.of("ab", "").created(id, NOON, DAY)).isFalse();
    assertThat(key.created(new UUID(3, 4), NOON, DAY)).isFalse();
  }
}
