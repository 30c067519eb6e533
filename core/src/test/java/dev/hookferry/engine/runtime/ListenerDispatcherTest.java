package dev.hookferry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.Listener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** News gather for a moment, and all of them arrive. */
class ListenerDispatcherTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private long nanos = Long.MAX_VALUE - 1;
  private final ListenerDispatcher reporting =
      new ListenerDispatcher(
          Executors.newSingleThreadExecutor(),
          new Listener() {
            @Override
            public void fault(String what, Throwable cause) {
              told.add(what);
            }
          },
          () -> nanos,
          ListenerDispatcher.MAX_WAITING,
          1_000);

  @AfterEach
  void end() {
    var unused = reporting.threads().shutdownNow();
  }

  private void add(String what) {
    reporting.add(listener -> listener.fault(what, new IllegalStateException(what)));
  }

  private void flushIfDue() {
    if (reporting.isDue()) {
      reporting.flush();
    }
  }

  /** Waits until every event handed over before has been told. */
  private List<String> told() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    assertThat(reporting.notifyNow(listener -> reached.countDown())).isTrue();
    reached.await();
    return told;
  }

  @Test
  void batchesNotificationsForSomeMilliseconds() throws InterruptedException {
    add("first");
    flushIfDue();
    nanos += Duration.ofMillis(9).toNanos();
    add("second");
    flushIfDue();
    assertThat(told()).isEmpty();

    nanos += Duration.ofMillis(1).toNanos();
    flushIfDue();

    assertThat(told()).containsExactly("first", "second");
  }

  @Test
  void reportsHowLongNotificationsMayStillWait() {
    assertThat(reporting.gathering()).isNull();
    add("first");
    assertThat(reporting.gathering()).isEqualTo(Duration.ofMillis(10));
    nanos += Duration.ofMillis(4).toNanos();
    add("second");
    assertThat(reporting.gathering()).isEqualTo(Duration.ofMillis(6));

    reporting.flush();

    assertThat(reporting.gathering()).isNull();
  }

  @Test
  void startsANewBatchAfterwards() throws InterruptedException {
    add("first");
    reporting.flush();
    nanos += Duration.ofMillis(5).toNanos();
    add("second");

    flushIfDue();

    assertThat(told()).containsExactly("first");
  }

  @Test
  void doesNotWaitWhenManyArePending() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      add("one of many");
    }
    flushIfDue();

    assertThat(told()).hasSize(1_000);
  }

  @Test
  void dropsWhatDoesNotFitIntoTheMemory() throws InterruptedException {
    Event event =
        new Samples(1).event(Samples.SITE, new EventType("x"), Payload.of("1".repeat(400)));
    CountDownLatch slow = block();
    for (String what : List.of("first", "second", "third")) {
      add(event, 0, what);
      reporting.flush();
    }
    // Two about one event, the first of which does not fit.
    add(event, 0, "fourth");
    add(event, 0, "fifth");
    reporting.flush();
    slow.countDown();

    assertThat(told())
        .containsExactlyInAnyOrder(
            "first", "second", "notifications dropped because the listener is too slow: 3");
    add(event, 0, "next");
    reporting.flush();
    assertThat(told()).endsWith("next");
  }

  @Test
  void countsResponsesToo() throws InterruptedException {
    Event event =
        new Samples(1).event(Samples.SITE, new EventType("x"), Payload.of("1".repeat(400)));
    CountDownLatch slow = block();
    add(event, 500, "first");
    add(event, 500, "second");
    reporting.flush();
    slow.countDown();
    assertThat(told())
        .containsExactlyInAnyOrder(
            "first", "notifications dropped because the listener is too slow: 1");
  }

  private void add(Event about, int more, String what) {
    reporting.add(about, more, listener -> listener.fault(what, new IllegalStateException(what)));
  }

  @Test
  void dropsMoreThanSoManyAndRefusesFurtherOnes() throws InterruptedException {
    CountDownLatch slow = block();
    for (int i = 0; i < ListenerDispatcher.MAX_WAITING + 5; i++) {
      add("one of many");
    }
    reporting.flush();
    assertThat(reporting.notifyNow(listener -> {})).isFalse();
    slow.countDown();

    Poll.until(() -> told.stream().anyMatch(what -> what.endsWith("too slow: 7")));
    assertThat(told()).hasSize(ListenerDispatcher.MAX_WAITING);
  }

  /** Keeps the listener busy. */
  private CountDownLatch block() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(1);
    reporting.add(
        listener -> {
          begun.countDown();
          try {
            slow.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    reporting.flush();
    begun.await();
    return slow;
  }

  @Test
  void continuesAfterAListenerThatThrows() throws InterruptedException {
    reporting.add(
        listener -> {
          throw new NoClassDefFoundError("injected");
        });
    add("next");
    reporting.flush();

    assertThat(told()).containsExactly("next");
  }

  @Test
  void reportsThatItNoLongerNotifies() {
    reporting.threads().shutdown();

    assertThat(reporting.notifyNow(listener -> {})).isFalse();
  }
}
