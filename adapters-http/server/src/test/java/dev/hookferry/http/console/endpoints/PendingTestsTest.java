package dev.hookferry.http.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.OverloadedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PendingTestsTest {
  private final PendingTests tests = new PendingTests();
  private final CompletableFuture<String> response = new CompletableFuture<>();
  private final List<CompletableFuture<String>> waiting = new ArrayList<>();

  @Test
  void allowsTwoWaitingTestsPerSite() {
    start("shop", 2);

    assertRefused("shop");
    assertThat(tests.await(new SiteId("other"), this::accepted)).isEqualTo("200");

    response.complete("200");
    assertThat(waiting).extracting(CompletableFuture::join).containsOnly("200");
    assertThat(tests.await(new SiteId("shop"), this::accepted)).isEqualTo("200");
  }

  @Test
  void allowsFourWaitingTestsInTotal() {
    start("one", 2);
    start("two", 2);

    assertRefused("three");

    response.complete("200");
    assertThat(waiting).extracting(CompletableFuture::join).hasSize(4);
  }

  @Test
  void forgetsTestsThatCouldNotBeSentOrFailed() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  tests.await(
                      new SiteId("shop"),
                      () -> {
                        throw new IllegalStateException("not sent");
                      }))
          .hasMessage("not sent");
      assertThatThrownBy(
              () ->
                  tests.await(
                      new SiteId("shop"),
                      () -> CompletableFuture.failedFuture(new IllegalStateException("failed"))))
          .hasMessage("failed");
    }

    assertThat(tests.await(new SiteId("shop"), this::accepted)).isEqualTo("200");
  }

  private CompletableFuture<String> accepted() {
    return CompletableFuture.completedFuture("200");
  }

  private void assertRefused(String site) {
    assertThatThrownBy(
            () ->
                tests.await(
                    new SiteId(site),
                    () -> {
                      throw new AssertionError("it was sent");
                    }))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("try again in a moment");
  }

  private void start(String site, int count) {
    CountDownLatch sent = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      waiting.add(
          CompletableFuture.supplyAsync(
              () ->
                  tests.await(
                      new SiteId(site),
                      () -> {
                        sent.countDown();
                        return response;
                      }),
              task -> new Thread(task, "test " + site).start()));
    }
    await(sent);
  }

  private static void await(CountDownLatch sent) {
    try {
      sent.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
