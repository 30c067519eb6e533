package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.store.transfer.ListSource;
import dev.hookferry.contract.store.transfer.TransferContent;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.transfer.StoreInTransferException;
import dev.hookferry.store.transfer.StoreTransfer;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that crashed while it was being filled refuses to open, or is complete. */
class TransferCrashTest {
  private final MemoryStore model = new MemoryStore(() -> Samples.START, Duration.ofMinutes(5));
  private final MemoryDisk disk = new MemoryDisk();

  private ListSource source(int events) {
    TransferContent.write(model, 21, events);
    return ListSource.of(model.snapshot(), 40);
  }

  private static void fill(ListSource source, MemoryDisk onto) {
    try (TransferTarget target = SmallSegmentsTransferTest.targetOn(onto)) {
      SmallSegmentsTransferTest.fill(source, target);
    }
  }

  private static List<String> texts(MemoryDisk of) {
    try (TransferSource source = SmallSegmentsTransferTest.sourceOf(of)) {
      return SmallSegmentsTransferTest.texts(source);
    }
  }

  private static void assertRefusesToOpen(MemoryDisk image) {
    assertThatThrownBy(() -> Stores.open(image, Stores.TINY))
        .isInstanceOf(StoreInTransferException.class);
  }

  @Test
  void survivesACrashAfterEveryChangeOfTheDisk() {
    ListSource source = source(80);
    List<MemoryDisk> crashes = new ArrayList<>();
    disk.afterChange(
        () -> {
          crashes.add(disk.copy());
          crashes.add(disk.afterPowerFailure());
        });
    fill(source, disk);
    List<String> whole = texts(disk);
    assertThat(whole).hasSize(source.size());

    int inTransfer = 0;
    for (MemoryDisk image : crashes) {
      if (image.list().contains("transfer.txt")) {
        inTransfer++;
        assertRefusesToOpen(image.copy());
        fill(source, image);
      } else if (!image.list().contains("config.changes")) {
        fill(source, image);
      }
      assertThat(texts(image)).isEqualTo(whole);
    }
    assertThat(inTransfer).isGreaterThan(30);
  }

  @Test
  void survivesFailingWrites() {
    ListSource source = source(80);
    for (MemoryDisk.Fault fault :
        List.of(MemoryDisk.Fault.WRITE, MemoryDisk.Fault.FORCE, MemoryDisk.Fault.RENAME)) {
      MemoryDisk failing = new MemoryDisk();
      int[] changes = new int[1];
      failing.afterChange(
          () -> {
            if (++changes[0] == 40) {
              failing.fail(fault, 3);
            }
          });
      assertThatThrownBy(() -> fill(source, failing)).isInstanceOf(StoreException.class);
      failing.afterChange(() -> {});
      failing.fail(fault, 0);
      assertRefusesToOpen(failing);
      fill(source, failing);
      assertThat(texts(failing)).hasSize(source.size());
    }
  }

  @Test
  void saysWhenItCannotBeResumed() {
    ListSource source = source(5);
    try (TransferTarget target = SmallSegmentsTransferTest.targetOn(disk)) {
      StoreTransfer transfer = new StoreTransfer(source.failingAt(60), target);
      assertThatThrownBy(() -> transfer.start(TransferHistory.ALL))
          .hasMessage("the source fails here");
    }
    MemoryDisk shorter = disk.copy();
    shorter.put("0000000001.journal", new byte[10]);
    assertThatThrownBy(() -> fill(source, shorter))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("0000000001.journal")
        .hasMessageContaining("empty directory");

    byte[] mark = disk.get("transfer.txt");
    assertThat(new String(mark, StandardCharsets.US_ASCII)).startsWith("hookferry transfer 1 ");
    disk.flip("transfer.txt", mark.length / 2);
    assertThatThrownBy(() -> fill(source, disk))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("transfer.txt in memory is damaged");
    assertThatThrownBy(() -> Stores.open(disk, Stores.TINY))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("transfer.txt in memory is damaged");
  }
}
