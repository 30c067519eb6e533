package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.transfer.ListSource;
import dev.hookferry.contract.store.transfer.SnapshotContract;
import dev.hookferry.contract.store.transfer.TransferContent;
import dev.hookferry.contract.store.transfer.TransferSourceContract;
import dev.hookferry.contract.store.transfer.TransferTargetContract;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.RecordText;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Moving the content of a store with many small files. */
class SmallSegmentsTransferTest
    implements TransferSourceContract, TransferTargetContract, SnapshotContract {
  private final MemoryDisk disk = new MemoryDisk();

  @Override
  public Store open() {
    return Stores.open(disk, Stores.TINY);
  }

  @Override
  public TransferSource openSource() {
    return sourceOf(disk);
  }

  @Override
  public TransferTarget openTarget() {
    return targetOn(disk);
  }

  static TransferSource sourceOf(MemoryDisk disk) {
    try {
      return FileTransfer.openSource(disk, Stores.TINY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TransferTarget targetOn(MemoryDisk disk) {
    try {
      return FileTransfer.openTarget(disk, Stores.TINY, () -> Samples.START, new DirectExecutor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(TransferSource source) {
    return ListSource.all(source).stream().map(RecordText::write).toList();
  }

  private static MemoryStore large() {
    MemoryStore model = new MemoryStore(() -> Samples.START, Duration.ofMinutes(5));
    TransferContent.write(model, 11, 400);
    return model;
  }

  private void fillFrom(MemoryStore model) {
    try (TransferSource source = model.snapshot();
        TransferTarget target = openTarget()) {
      fill(ListSource.of(source, 40), target);
    }
  }

  /** Begins or resumes a transfer, in the batches of the source. */
  static void fill(TransferSource source, TransferTarget target) {
    if (target.mark().isEmpty()) {
      target.begin(new TransferMark(source.origin(), TransferHistory.ALL, null));
    }
    String position = target.mark().orElseThrow().position();
    try (TransferReader reader = source.read(TransferHistory.ALL, position)) {
      Optional<TransferBatch> batch = reader.next();
      while (batch.isPresent()) {
        target.write(batch.get());
        batch = reader.next();
      }
    }
    target.finish();
  }

  @Test
  void writesSeveralFilesWithTheirIndexesAndACheckpoint() {
    fillFrom(large());
    assertThat(disk.list())
        .contains("0000000001.index", "0000000003.journal", "checkpoint")
        .doesNotContain("transfer.txt");
  }

  @Test
  void purgesTheSameEventsAsTheOriginal() {
    MemoryStore model = large();
    fillFrom(model);
    Instant half = Samples.START.plus(Duration.ofHours(100));
    try (Store store = open()) {
      assertThat(store.log().purge(half)).isEqualTo(model.log().purge(half)).isPositive();
    }
    try (TransferSource source = openSource();
        TransferSource expected = model.snapshot()) {
      assertThat(texts(source)).containsExactlyInAnyOrderElementsOf(texts(expected));
    }
  }

  @Test
  void keepsAllFilesWhileASnapshotIsRead() {
    Instant end = Samples.START.plus(Duration.ofDays(400));
    try (FileStore store = Stores.open(disk, Stores.TINY)) {
      TransferContent.write(store, 12, 200);
      List<String> before;
      try (TransferSource snapshot = store.snapshot()) {
        before = texts(snapshot);
        assertThat(store.log().purge(end)).isZero();
        assertThat(store.audit().purge(end)).isZero();
        assertThat(texts(snapshot)).isEqualTo(before);
      }
      assertThat(store.log().purge(end)).isPositive();
      assertThat(store.audit().purge(end)).isPositive();
      try (TransferSource snapshot = store.snapshot()) {
        assertThat(texts(snapshot)).hasSizeLessThan(before.size());
      }
    }
  }
}
