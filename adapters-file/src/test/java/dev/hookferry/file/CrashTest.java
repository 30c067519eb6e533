package dev.hookferry.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.file.journal.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a crash, everything acknowledged is there, and nothing that was not written. */
class CrashTest {
  private static final String FILLINGS = "\u0000x";
  private static final String FIRST = Segment.journalName(1);

  /** Seed of a short diary whose third and fourth pages hold records of {@link #EVERY_KIND}. */
  private static final long SHORT = 1456;

  private static final List<String> EVERY_KIND =
      List.of(
          "\"kind\":\"event\"",
          "\"key\":",
          "\"endpoint\":",
          "\"payload\":",
          "\"payloadText\":",
          "\"kind\":\"attempt\"",
          "\"outcome\":\"connect_error\"",
          "\"body\":",
          "\"bodyBase64\":",
          "\"kind\":\"delivery\"",
          "\"state\":\"pending\"",
          "\"state\":\"cancelled\"",
          "\"kind\":\"commit\"");

  private final MemoryDisk disk = new MemoryDisk();
  private final Diary diary = new Diary(7, 0);

  @Test
  void survivesACutAtEveryByte() {
    Diary brief = new Diary(SHORT, 0);
    FileStore store = Stores.open(disk, Stores.TINY);
    brief.page(store);
    brief.page(store);
    int start = length(disk.get(FIRST));
    Diary first = brief.copy();
    brief.page(store);
    int middle = length(disk.get(FIRST));
    Diary second = brief.copy();
    brief.page(store);
    int end = length(disk.get(FIRST));
    byte[] whole = disk.get(FIRST);
    assertThat(new String(whole, start, end - start, UTF_8)).contains(EVERY_KIND);

    assertCuts(first, whole, start, middle);
    assertCuts(second, whole, middle, end);
    assertCuts(brief, whole, end, end + 1);
  }

  /**
   * Asserts that a journal cut anywhere from {@code from} to before {@code to} shows this page, and
   * that opening it leaves the same bytes on disk as opening one that was cut at the page's end. So
   * only that one has to be opened a second time.
   */
  private static void assertCuts(Diary page, byte[] whole, int from, int to) {
    MemoryDisk clean = image(Arrays.copyOf(whole, from));
    assertOpens(clean, page::assertSameAs);
    Map<String, byte[]> repaired = files(clean);
    assertOpens(clean, page::assertSameAs);
    for (int cut = from; cut < to; cut++) {
      byte[] filled = whole.clone();
      Arrays.fill(filled, cut, filled.length, (byte) FILLINGS.charAt(cut / 2 % 2));
      // Every other cut is filled up, as preallocated space is.
      MemoryDisk torn = image(cut % 2 == 0 ? filled : Arrays.copyOf(whole, cut));
      assertOpens(torn, page::assertSameAs);
      assertThat(files(torn)).as("cut at %d", cut).containsExactlyEntriesOf(repaired);
    }
  }

  private static MemoryDisk image(byte[] journal) {
    MemoryDisk image = new MemoryDisk();
    image.put(FIRST, journal);
    return image;
  }

  private static Map<String, byte[]> files(MemoryDisk image) {
    Map<String, byte[]> files = new TreeMap<>();
    image.list().forEach(name -> files.put(name, image.get(name)));
    return files;
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
    MemoryDisk image = image(journal);
    assertOpens(image, page::assertSameAs);
    assertOpens(image, page::assertSameAs);
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

  /** One diary; {@code -Dcrash.diaries=2} takes another one, too. */
  private static LongStream diaries() {
    return LongStream.of(1, 3).limit(Integer.getInteger("crash.diaries", 1));
  }

  @ParameterizedTest
  @MethodSource("diaries")
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
        store.log().purge(past);
        busy = before.purge(past);
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
    assertThat(disk.list()).as("what was purged is gone").doesNotContain(FIRST);
  }

  private static void assertOpens(MemoryDisk image, Consumer<FileStore> check) {
    FileStore store = Stores.open(image, Stores.TINY);
    check.accept(store);
    store.close();
  }
}
