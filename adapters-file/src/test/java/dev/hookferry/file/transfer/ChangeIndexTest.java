package dev.hookferry.file.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.file.FileStore;
import dev.hookferry.file.FileStoreOptions;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.journal.SegmentSizes;
import dev.hookferry.file.maintenance.OpenFiles;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeIndexTest {
  private static final FileStoreOptions SMALL =
      FileStoreOptions.DEFAULT.withSegmentBytes(1 << 16).withPreallocatedBytes(1 << 12);
  private static final int EVENTS = 300;

  @TempDir Path directory;

  private final Samples samples = new Samples(1);

  /** All deliveries succeed after all events were accepted. */
  private void fill() {
    try (FileStore store = FileStore.open(directory, SMALL, () -> Samples.START)) {
      Owner owner = store.deliveries().register(new Node("test-host:4711"));
      List<Delivery> pending = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        samples.pass(Duration.ofSeconds(1));
        Event event =
            samples.event(
                Samples.SITE, samples.event().type(), Payload.of("[" + " ".repeat(900) + "]"));
        Delivery delivery = samples.delivery(event);
        pending.add(delivery);
        commit(
            store,
            owner,
            Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)))));
      }
      for (Delivery delivery : pending) {
        commit(
            store,
            owner,
            Batch.of(
                new AttemptResult(
                    delivery.delivered(samples.now()),
                    samples.attempt(delivery, samples.success()))));
      }
    }
  }

  private static void commit(FileStore store, Owner owner, Batch batch) {
    CommitResult result = store.deliveries().commit(owner, batch);
    assertThat(result.refused()).isEmpty();
  }

  @Test
  void findsLateChangesHoweverFewFitIntoMemory() throws IOException {
    fill();
    try (Disk disk = LocalDisk.at(directory)) {
      OpenFiles files =
          OpenFiles.open(disk, new SegmentSizes(1 << 16, 1 << 12, 0.5), () -> Samples.START);
      List<Segment> segments = files.store().segments().all();
      long last = files.store().journal().end().sequence();
      assertThat(segments).hasSizeGreaterThan(8);

      List<List<StoredChange>> all = changes(segments, last, Integer.MAX_VALUE);
      assertThat(all.stream().flatMap(List::stream).map(StoredChange::event).distinct())
          .hasSize(EVENTS);
      assertThat(all.get(0)).noneMatch(change -> change.segment() == 0);
      for (int atOnce : new int[] {0, 1, 100, 1_000}) {
        assertThat(changes(segments, last, atOnce)).isEqualTo(all);
      }
      List<List<StoredChange>> early = changes(segments, last - 20, 100);
      assertThat(early.stream().flatMap(List::stream))
          .isNotEmpty()
          .allMatch(change -> change.sequence() <= last - 20);
      files.close();
    }
  }

  private static List<List<StoredChange>> changes(List<Segment> segments, long last, int atOnce)
      throws IOException {
    ChangeIndex index = new ChangeIndex(segments, last, atOnce);
    List<List<StoredChange>> changes = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      changes.add(Arrays.asList(index.of(i)));
    }
    return changes;
  }
}
