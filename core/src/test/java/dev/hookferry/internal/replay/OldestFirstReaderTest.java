package dev.hookferry.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Oldest first from lists that are newest first, whatever the deliveries are like. */
class OldestFirstReaderTest {
  private static final int PAGE = 20;
  private static final TimeWindow WHOLE =
      TimeWindow.ALL
          .since(Samples.START.minus(Duration.ofDays(300)))
          .until(Samples.START.plus(Duration.ofDays(300)));

  private final Samples samples = new Samples(3);
  private final List<Delivery> newestFirst = new ArrayList<>();
  private int queries;

  /** As stores do it: by descending id. */
  private Page<Delivery> page(TimeWindow created, @Nullable String cursor) {
    queries++;
    List<Delivery> found =
        newestFirst.stream()
            .filter(one -> created.contains(one.createdAt()))
            .filter(one -> cursor == null || one.id().toString().compareTo(cursor) < 0)
            .limit(PAGE + 1)
            .toList();
    return found.size() <= PAGE
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, PAGE), found.get(PAGE - 1).id().toString());
  }

  private void create(int count, Duration pause) {
    for (int i = 0; i < count; i++) {
      samples.pass(pause);
      newestFirst.add(samples.delivery(samples.event()));
    }
    newestFirst.sort(Comparator.comparing((Delivery one) -> one.id().toString()).reversed());
  }

  private OldestFirstReader reader(@Nullable String cursor) {
    return new OldestFirstReader(this::page, WHOLE, cursor);
  }

  private static List<Delivery> rest(OldestFirstReader reader) {
    List<Delivery> all = new ArrayList<>();
    while (reader.hasNext()) {
      all.addAll(reader.next(7));
    }
    return all;
  }

  private List<Delivery> oldestFirst() {
    List<Delivery> all = new ArrayList<>(newestFirst);
    all.sort(Comparator.comparing(Delivery::createdAt).thenComparing(one -> one.id().toString()));
    return all;
  }

  @Test
  void readsCrowdsAndGaps() {
    create(300, Duration.ZERO);
    create(5, Duration.ofDays(20));
    create(300, Duration.ofSeconds(1));

    assertThat(rest(reader(null))).isEqualTo(oldestFirst());
    assertThat(queries).isLessThan(250);
  }

  @Test
  void readsManyOfTheSameMillisecond() {
    create(10, Duration.ofSeconds(1));
    Event event = samples.event();
    for (int i = 0; i < 5 * PAGE; i++) {
      newestFirst.add(samples.delivery(event));
    }
    create(10, Duration.ofSeconds(1));

    assertThat(rest(reader(null))).isEqualTo(oldestFirst());
  }

  @Test
  void continuesAtACursor() {
    create(100, Duration.ofMillis(3));
    OldestFirstReader first = reader(null);
    assertThat(first.cursor()).isNull();
    List<Delivery> all = new ArrayList<>(first.next(37));

    all.addAll(rest(reader(first.cursor())));

    assertThat(all).isEqualTo(oldestFirst());
    assertThat(reader(reader(null).cursor()).next(1)).isEqualTo(oldestFirst().subList(0, 1));
  }

  @Test
  void continuesWhereAnUnsuccessfulSearchEnded() {
    create(1_000, Duration.ofMillis(3));
    Delivery last = newestFirst.get(0);
    List<Delivery> found = new ArrayList<>();
    OldestFirstReader reader;
    String cursor = null;
    int searches = 0;
    do {
      reader = new OldestFirstReader(only(last), WHOLE, cursor);
      int most = queries + 25;
      found.addAll(reader.next(7, () -> queries >= most));
      cursor = reader.cursor();
      searches++;
    } while (reader.hasNext(() -> true));

    assertThat(found).containsExactly(last);
    assertThat(searches).isBetween(2, 50);
  }

  private OldestFirstReader.Pages only(Delivery wanted) {
    return (created, cursor) -> {
      Page<Delivery> page = page(created, cursor);
      return new Page<>(page.data().stream().filter(wanted::equals).toList(), page.next());
    };
  }

  @Test
  void aSearchInVainForgetsNothingOfTheSameMillisecond() {
    Event event = samples.event();
    for (int i = 0; i < 5 * PAGE; i++) {
      newestFirst.add(samples.delivery(event));
    }
    create(0, Duration.ZERO);
    OldestFirstReader first = reader(null);
    List<Delivery> all = new ArrayList<>(first.next(7));
    int most = queries + 1;

    OldestFirstReader second = reader(first.cursor());
    assertThat(second.next(7, () -> queries >= most)).isEmpty();
    assertThat(second.hasNext(() -> true)).isTrue();
    all.addAll(rest(reader(second.cursor())));

    assertThat(all).isEqualTo(oldestFirst());
  }

  @Test
  void anEmptyWindowTakesOneQuery() {
    assertThat(reader(null).hasNext()).isFalse();
    assertThat(queries).isEqualTo(1);
  }

  @Test
  void theEndIsExclusive() {
    create(3, Duration.ofSeconds(1));
    TimeWindow early = WHOLE.until(newestFirst.get(0).createdAt());

    assertThat(rest(new OldestFirstReader(this::page, early, null)))
        .isEqualTo(oldestFirst().subList(0, 2));
  }
}
