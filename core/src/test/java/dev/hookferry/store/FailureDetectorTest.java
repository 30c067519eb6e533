package dev.hookferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Detection of dead nodes while the store's clock is set now and then. */
final class FailureDetectorTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Owner OTHER = new Owner(new UUID(1, 1));
  private static final Owner DEAD = new Owner(new UUID(2, 2));

  private final Map<Owner, Instant> heardAt = new HashMap<>();
  private Instant store = Instant.parse("2026-01-01T12:00:00Z");
  private long ticks = 7;
  private final FailureDetector detector = new FailureDetector(TIMEOUT, () -> ticks);

  private Set<Owner> beat() {
    return detector.silentOwners(store, heardAt);
  }

  /** Two seconds pass, in which the one that lives is heard of and the other is not. */
  private Set<Owner> pass() {
    store = store.plusSeconds(2);
    ticks += Duration.ofSeconds(2).toNanos();
    heardAt.put(OTHER, store.minusMillis(500));
    return beat();
  }

  private void bothLive() {
    heardAt.put(OTHER, store);
    heardAt.put(DEAD, store);
    assertThat(beat()).isEmpty();
  }

  @Test
  void evictsOnlyNodesSilentForTooLong() {
    bothLive();
    for (int i = 0; i < 5; i++) {
      assertThat(pass()).isEmpty();
    }
    assertThat(pass()).containsExactly(DEAD);
  }

  @Test
  void evictsNodesAtOnceThatWereSilentBeforeTheStart() {
    heardAt.put(DEAD, store.minusSeconds(11));
    assertThat(beat()).containsExactly(DEAD);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 11, 3_600, 86_400, -3, -11, -3_600, -86_400})
  void aClockChangeEvictsNoLiveNode(long seconds) {
    bothLive();
    assertThat(pass()).isEmpty();

    store = store.plusSeconds(seconds);

    assertThat(beat()).isEmpty();
    for (int i = 0; i < 60; i++) {
      heardAt.put(DEAD, store);
      assertThat(pass()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600, -3_600})
  void aClockChangeKeepsNoDeadNodeAlive(long seconds) {
    bothLive();
    store = store.plusSeconds(seconds);
    int beats = 1;
    while (pass().isEmpty()) {
      beats++;
    }
    assertThat(beats * 2).isBetween(8, 14);
  }
}
