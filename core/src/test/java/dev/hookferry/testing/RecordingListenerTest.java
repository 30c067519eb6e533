package dev.hookferry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.BlockedKeyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordingListenerTest {
  private static final BlockedKeyEvent BLOCKED =
      new BlockedKeyEvent(
          SiteId.DEFAULT,
          new EndpointId(new UUID(1, 2)),
          new DeliveryId(new UUID(3, 4)),
          new EventType("license_created"),
          "customer-1",
          Instant.EPOCH);

  private final RecordingListener listener = new RecordingListener();

  /** The call comes while the first evaluation holds the lock, so only its signal ends the wait. */
  @Test
  @Timeout(30)
  void aBlockedKeyEndsTheWait() throws InterruptedException {
    Thread caller = new Thread(() -> listener.keyBlocked(BLOCKED));
    listener.await(
        Duration.ofHours(1),
        recorded -> {
          if (caller.getState() == Thread.State.NEW) {
            caller.start();
            return false;
          }
          return recorded.blockedKeys().contains(BLOCKED);
        });
    caller.join();
    assertThat(listener.blockedKeys()).containsExactly(BLOCKED);
  }
}
