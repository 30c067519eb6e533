package dev.hookferry.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.StoreStoppedException;
import dev.hookferry.store.UnknownOutcomeException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreOutageTest {
  private long nanos = Long.MAX_VALUE - 5;
  private final StoreOutage outage = new StoreOutage(() -> nanos);

  @Test
  void logsAtTheStartEveryMinuteAndAtTheEnd() {
    assertThat(outage.failed()).hasValue(0);
    for (int second = 1; second <= 119; second++) {
      pass(Duration.ofSeconds(1));
      if (second == 60) {
        assertThat(outage.failed()).hasValue(59);
      } else {
        assertThat(outage.failed()).as("after %s s", second).isEmpty();
      }
    }
    assertThat(outage.recovered()).hasValue(Duration.ofSeconds(119));
    assertThat(outage.recovered()).isEmpty();
  }

  @Test
  void omittedFaultsAreCountedUntilTheEnd() {
    assertThat(outage.leftOut()).isZero();
    for (int i = 0; i < 5; i++) {
      var unused = outage.failed();
    }
    assertThat(outage.leftOut()).isEqualTo(4);
    assertThat(outage.recovered()).isPresent();
    assertThat(outage.leftOut()).isZero();
  }

  @Test
  void theRootCauseSaysInAFewWordsWhatFailed() {
    Exception refused = new ConnectException("Connection refused");
    Exception wrapped = new IllegalStateException("no connection within 1503 ms", refused);
    assertThat(new StoreException("jdbc:x: no connection", wrapped).rootCause())
        .isEqualTo("Connection refused");
    Exception silent = new IllegalStateException("an I/O error\nwith details", new Exception());
    assertThat(new StoreException("x", silent).rootCause()).isEqualTo("an I/O error");
    Exception host = new UnknownHostException("db.internal");
    assertThat(new StoreException("x", host).rootCause())
        .isEqualTo("UnknownHostException: db.internal");
    assertThat(new StoreException("closed").rootCause()).isEqualTo("closed");
  }

  @Test
  void lateFailuresStartNoOutage() {
    assertThat(outage.failed()).hasValue(0);
    assertThat(outage.recovered()).isPresent();
    pass(Duration.ofSeconds(4));
    assertThat(outage.failed()).isEmpty();
    assertThat(outage.recovered()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(outage.failed()).hasValue(1);
  }

  @Test
  void aFailureLongAfterTheLastIsANewOutage() {
    assertThat(outage.failed()).hasValue(0);
    pass(Duration.ofHours(1));
    assertThat(outage.failed()).hasValue(0);
    pass(Duration.ofSeconds(2));
    assertThat(outage.recovered()).hasValue(Duration.ofSeconds(2));
  }

  @Test
  void aStoreThatRejectsOneEntryIsAvailable() {
    Exception cause = new IllegalStateException();
    assertThat(new StoreException("x").isOutage()).isTrue();
    assertThat(new StoreFullException("x").isOutage()).isTrue();
    assertThat(new UnknownOutcomeException("x", cause).isOutage()).isTrue();
    assertThat(new RejectedBatchException("x", cause).isOutage()).isFalse();
    assertThat(new QueryTimeoutException("x", cause).isOutage()).isFalse();
    assertThat(new StoreStoppedException("x", cause).isOutage()).isFalse();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
