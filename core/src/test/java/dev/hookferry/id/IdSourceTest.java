package dev.hookferry.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class IdSourceTest {
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49.123Z");

  private final IdSource source = new IdSource(new Random(1));

  @Test
  void createsUuidsOfVersionSeven() {
    for (int i = 0; i < 100; i++) {
      UUID id = source.next(NOW);
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }
  }

  @Test
  void ascendsWhileTheClockStops() {
    assertAscending(textsAt(i -> NOW, 10_000));
  }

  @Test
  void ascendsWhileTheClockGoesBack() {
    assertAscending(textsAt(i -> NOW.minusMillis(i * 7L), 5_000));
  }

  @Test
  void followsAClockThatWasSetBackByHours() {
    source.next(NOW.plus(Duration.ofDays(1)));
    List<String> texts = textsAt(i -> NOW, 5_000);
    assertAscending(texts);
    long millis = IdText.read("", texts.get(0)).getMostSignificantBits() >>> 16;
    assertThat(millis).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void ascendsWhileTheClockRuns() {
    List<String> texts = textsAt(i -> NOW.plusMillis(i / 3), 5_000);
    assertAscending(texts);
    assertThat(texts.get(4_999)).startsWith(texts.get(0).substring(0, 6));
  }

  @Test
  void anIdForAPastTimeSortsThereAndAffectsNoOther() {
    UUID before = source.next(NOW);
    Set<UUID> past = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      UUID id = source.past(NOW.minusSeconds(60));
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli() - 60_000);
      past.add(id);
    }
    assertThat(past).hasSize(1_000);
    assertAscending(List.of(IdText.write("", before), IdText.write("", source.next(NOW))));
  }

  private List<String> textsAt(IntFunction<Instant> clock, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(IdText.write("", source.next(clock.apply(i))));
    }
    return texts;
  }

  private static void assertAscending(List<String> texts) {
    for (int i = 1; i < texts.size(); i++) {
      assertThat(texts.get(i)).isGreaterThan(texts.get(i - 1));
    }
  }

  @Test
  void catchesUpWithTheClockAgain() {
    for (int i = 0; i < 5_000; i++) {
      source.next(NOW);
    }
    Instant later = NOW.plusSeconds(1);

    assertThat(source.next(later).getMostSignificantBits() >>> 16).isEqualTo(later.toEpochMilli());
  }

  @Test
  void createsUniqueIdsOnSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<UUID>> task =
          () -> {
            List<UUID> made = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
              made.add(source.next(NOW));
            }
            return made;
          };
      List<UUID> all = new ArrayList<>();
      for (Future<List<UUID>> made : threads.invokeAll(List.of(task, task, task, task))) {
        all.addAll(made.get());
      }
      assertThat(new HashSet<>(all)).hasSize(20_000);
    } finally {
      threads.shutdownNow();
    }
  }
}
