package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SharedTimeoutTest {
  private static final Duration SOON = Duration.ofMillis(50);

  @Test
  void eachFutureEndsAfterItsOwnTime() {
    SharedTimeout timeout = new SharedTimeout(SOON);
    CompletableFuture<String> first = timeout.limit(new CompletableFuture<>());
    CompletableFuture<String> later =
        first
            .handle((value, failure) -> timeout.limit(new CompletableFuture<String>()))
            .thenCompose(made -> made);

    assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> later.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void futuresThatAreDoneKeepTheirValue() throws Exception {
    SharedTimeout timeout = new SharedTimeout(SOON);
    CompletableFuture<String> done = timeout.limit(new CompletableFuture<>());
    CompletableFuture<String> late = timeout.limit(new CompletableFuture<>());
    CompletableFuture<String> before = timeout.limit(CompletableFuture.completedFuture("before"));
    done.complete("done");

    assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);

    assertThat(done.get()).isEqualTo("done");
    assertThat(before.get()).isEqualTo("before");
  }

  @Test
  void theTimerIsSetAgainAfterAPause() throws Exception {
    SharedTimeout timeout = new SharedTimeout(SOON);
    timeout.limit(new CompletableFuture<String>()).complete("done");
    CompletableFuture<String> other =
        new CompletableFuture<String>().completeOnTimeout("x", 200, TimeUnit.MILLISECONDS);
    assertThat(other.get()).isEqualTo("x");

    CompletableFuture<String> next = timeout.limit(new CompletableFuture<>());

    assertThatThrownBy(() -> next.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
  }
}
