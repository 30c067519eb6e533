package dev.hookferry.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PortalLimitsTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final PortalLimits limits = new PortalLimits(clock);

  private static PortalLimits.CustomerScope scope(int customer) {
    return new PortalLimits.CustomerScope(SiteId.DEFAULT, Map.of("customer", "c-" + customer));
  }

  private CompletableFuture<String> test(int customer, CompletableFuture<String> outcome) {
    return limits.test(scope(customer), () -> outcome);
  }

  @Test
  void aScopeMayTestTwentyTimesAMinute() {
    for (int i = 0; i < 20; i++) {
      assertThat(test(1, CompletableFuture.completedFuture("200"))).isCompletedWithValue("200");
    }
    assertThatThrownBy(() -> test(1, new CompletableFuture<>()))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("20 tests per minute");
    assertThat(test(2, CompletableFuture.completedFuture("200"))).isCompleted();
    clock.advance(Duration.ofMinutes(1));
    assertThat(test(1, CompletableFuture.completedFuture("200"))).isCompleted();
  }

  @Test
  void clockSetBackDoesNotBlockTestsForHours() {
    for (int i = 0; i < 20; i++) {
      assertThat(test(1, CompletableFuture.completedFuture("200"))).isCompleted();
    }
    clock.set(clock.instant().minus(Duration.ofHours(3)));
    assertThat(test(1, CompletableFuture.completedFuture("200"))).isCompleted();
  }

  @Test
  void twoTestsOfAScopeMayWaitForTheirReceivers() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    assertThat(test(1, slow)).isNotDone();
    assertThat(test(1, new CompletableFuture<>())).isNotDone();
    assertThatThrownBy(() -> test(1, new CompletableFuture<>()))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("two tests are in flight");
    slow.completeExceptionally(new IllegalStateException("no transport"));
    assertThat(test(1, CompletableFuture.completedFuture("200"))).isCompleted();
  }

  @Test
  void eightTestsOfAllScopesMayWait() {
    List<CompletableFuture<String>> slow = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      slow.add(new CompletableFuture<>());
      assertThat(test(i, slow.get(i))).isNotDone();
    }
    assertThatThrownBy(() -> test(8, new CompletableFuture<>()))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("too many tests are in flight");
    slow.get(3).complete("200");
    assertThat(test(8, CompletableFuture.completedFuture("200"))).isCompleted();
  }

  @Test
  void testThatCannotStartTakesNoPlace() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  limits.test(
                      scope(1),
                      () -> {
                        throw new IllegalStateException("no such type");
                      }))
          .hasMessage("no such type");
    }
    assertThat(test(1, CompletableFuture.completedFuture("200"))).isCompleted();
  }

  @Test
  void aScopeSendsAgainOneAfterAnother() {
    int sent =
        limits.alone(
            scope(1),
            () -> {
              assertThatThrownBy(() -> limits.alone(scope(1), () -> 2))
                  .isInstanceOf(OverloadedException.class);
              return limits.alone(scope(2), () -> 3);
            });
    assertThat(sent).isEqualTo(3);
    assertThat(limits.alone(scope(1), () -> 4)).isEqualTo(4);
  }

  @Test
  void creationsOfAScopeWaitForEachOther() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    Thread one = new Thread(() -> limits.inTurn(scope(1), () -> created(first, order, "one")));
    one.start();
    Poll.until(() -> one.getState() == Thread.State.WAITING);
    CountDownLatch none = new CountDownLatch(0);
    Thread two = new Thread(() -> limits.inTurn(scope(1), () -> created(none, order, "two")));
    two.start();
    Poll.until(() -> two.getState() == Thread.State.BLOCKED);
    first.countDown();
    one.join();
    two.join();
    assertThat(order).containsExactly("one", "two");
  }

  private static boolean created(CountDownLatch latch, List<String> order, String name) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return order.add(name);
  }
}
