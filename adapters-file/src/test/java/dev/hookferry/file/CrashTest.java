package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.file.journal.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there after a crash: what was acknowledged, and nothing that was not written. */
class CrashTest {
  private static final String FILLINGS = "\u0000x";
  private static final String FIRST = Segment.journalName(1);

  private final MemoryDisk disk = new MemoryDisk();
  private final Diary diary = new Diary(7, 0);

  @Test
  void survivesACutAtEveryByte() {
    FileStore store = Stores.open(disk, Stores.TINY);
    List<Integer> ends = new ArrayList<>();
    List<Diary> pages = new ArrayList<>();
    pages.add(diary.copy());
    ends.add(length(disk.get(FIRST)));
    for (int i = 0; i < 8; i++) {
      diary.page(store);
      pages.add(diary.copy());
      ends.add(length(disk.get(FIRST)));
    }
    byte[] whole = disk.get(FIRST);

    for (int cut = ends.get(6); cut <= ends.get(8); cut++) {
      int last = 0;
      while (last < 8 && ends.get(last + 1) <= cut) {
        last++;
      }
      assertShows(pages.get(last), Arrays.copyOf(whole, cut));
      byte[] filled = whole.clone();
      Arrays.fill(filled, cut, filled.length, (byte) FILLINGS.charAt(cut % 2));
      assertShows(pages.get(last), filled);
    }
  }

  /** The length without the empty lines at the end. */
  private static int length(byte[] bytes) {
    int length = bytes.length;
    while (bytes[length - 1] == '\n' && bytes[length - 2] == '\n') {
      length--;
    }
    return length;
  }

  private static void assertShows(Diary page, byte[] journal) {
    MemoryDisk image = new MemoryDisk();
    image.put(FIRST, journal);
    FileStore store = Stores.open(image, Stores.TINY);
    page.assertSameAs(store);
    store.close();
    FileStore again = Stores.open(image, Stores.TINY);
    page.assertSameAs(again);
    again.close();
  }

  @Test
  void survivesABatchWhoseSectorsCameInAnyOrder() {
    FileStore store = Stores.open(disk, Stores.TINY);
    for (int i = 0; i < 5; i++) {
      diary.page(store);
    }
    Diary before = diary.copy();
    int oldLength = length(disk.get(FIRST));
    diary.page(store);
    byte[] whole = disk.get(FIRST);

    int sector = 64;
    int from = oldLength / sector;
    int to = length(whole) / sector;
    for (int lost = from; lost <= to; lost++) {
      byte[] torn = whole.clone();
      int start = Math.max(lost * sector, oldLength);
      Arrays.fill(torn, start, Math.min((lost + 1) * sector, torn.length), (byte) '\n');
      assertShows(before, torn);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  void survivesACrashAfterEveryChangeOfTheDisk(long seed) {
    Diary busy = new Diary(seed, 3000);
    FileStore store = Stores.open(disk, Stores.TINY);
    for (int i = 1; i <= 60; i++) {
      Diary before = busy.copy();
      List<MemoryDisk> crashes = new ArrayList<>();
      disk.afterChange(
          () -> {
            crashes.add(disk.copy());
            crashes.add(disk.afterPowerFailure());
          });
      if (i % 12 == 0) {
        busy.samples().pass(Duration.ofSeconds(1));
        Instant past = busy.samples().now().minusMillis(1500);
        store.log().forget(past);
        busy = before.forget(past);
        Diary after = busy;
        crashes.forEach(image -> assertOpens(image, s -> after.assertReachableFrom(before, s)));
      } else {
        busy.page(store);
        Diary after = busy;
        crashes.forEach(image -> assertOpens(image, s -> Diary.assertOneOf(s, before, after)));
      }
      disk.afterChange(() -> {});
      assertOpens(disk.afterPowerFailure(), busy::assertSameAs);
    }
    busy.assertSameAs(store);
    busy.assertUsable(store);
    // With these seeds nothing in the first file waits for a retry to the end.
    assertThat(disk.list()).as("what was forgotten is gone").doesNotContain(FIRST);
  }

  private static void assertOpens(MemoryDisk image, Consumer<FileStore> check) {
    FileStore store = Stores.open(image, Stores.TINY);
    check.accept(store);
    store.close();
  }
}
