package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new segment whose file could not be created, or not completely. */
class FailedRollTest {
  private final MemoryDisk disk = new MemoryDisk();
  private final Samples samples = new Samples(5);
  private final FileStore store = Stores.open(disk, Stores.TINY);
  private final Owner owner = store.deliveries().register(new Node("n"));

  private void publish(int size) {
    Event event =
        samples.event(
            Samples.SITE, samples.event().type(), Payload.of("\"" + "x".repeat(size) + "\""));
    PublishEntry.Queued queued = new PublishEntry.Queued(samples.delivery(event), false);
    CommitResult unused =
        store.deliveries().commit(owner, Batch.of(PublishEntry.of(event, List.of(queued))));
  }

  /** A smaller batch that fits the old segment is acknowledged and must survive. */
  @ParameterizedTest
  @EnumSource(names = {"WRITE", "FORCE", "RENAME", "SYNC", "OPEN"})
  void nothingIsLostAndTheStoreOpensAgain(MemoryDisk.Fault fault) {
    for (int i = 0; i < 6; i++) {
      publish(9_000);
    }
    List<String> before = disk.list();
    disk.fail(fault, 1);
    assertThatThrownBy(() -> publish(12_000))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("injected: " + fault);

    publish(100);
    for (MemoryDisk image : List.of(disk.copy(), disk.afterPowerFailure())) {
      assertOpens(image, 7);
    }
    publish(12_000);
    store.close();
    assertOpens(disk, 8);
    assertThat(disk.list()).as("rolled").hasSizeGreaterThan(before.size());
  }

  private static void assertOpens(MemoryDisk image, int pending) {
    FileStore again = Stores.open(image, Stores.TINY);
    assertThat(again.deliveries().backlog(all -> true).pending()).isEqualTo(pending);
    again.close();
  }
}
