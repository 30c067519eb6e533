package dev.hookferry.engine.runtime;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.engine.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that sleeps at the mailbox wakes when it must. */
@Timeout(600)
class MailboxTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Message NOTHING = (engine, now) -> {};

  private final Mailbox mailbox = new Mailbox(2, 100, () -> {});

  @Test
  void doesNotSleepWhileAMessageWaits() {
    mailbox.post(NOTHING);

    mailbox.await(0, HOUR);

    assertThat(mailbox.take()).isSameAs(NOTHING);
  }

  @Test
  void isWokenByAMessage() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Message> taken =
        CompletableFuture.supplyAsync(
            () -> {
              begun.countDown();
              Message next = mailbox.take();
              while (next == null) {
                mailbox.await(3, HOUR);
                next = mailbox.take();
              }
              return next;
            });
    begun.await();
    mailbox.post(NOTHING);

    assertThat(taken.get(5, MINUTES)).isSameAs(NOTHING);
  }

  @Test
  void sleepsBrieflyOnlyAfterATurnWithManyMessages() {
    mailbox.await(4, HOUR);

    assertThat(mailbox.take()).isNull();
  }

  @Test
  void boundsPendingRequestsOfCallers() {
    assertThat(mailbox.offer(NOTHING, 3, 0)).isFalse();
    assertThat(mailbox.offer(NOTHING, 1, 101)).isTrue();
    assertThat(mailbox.offer(NOTHING, 1, 0)).as("the bytes of the first wait").isFalse();
    deliverOne();
    assertThat(mailbox.offer(NOTHING, 2, 100)).isTrue();
    assertThat(mailbox.offer(NOTHING, 1, 0)).isFalse();
    mailbox.post(NOTHING);
    deliverOne();
    assertThat(mailbox.offer(NOTHING, 1, 0)).isTrue();
  }

  private void deliverOne() {
    mailbox.take().deliver(null, null);
  }
}
