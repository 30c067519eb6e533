package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A busy store, and the power fails after every change that it makes to its disk: each image must
 * open and show what was acknowledged. {@code -Dcrash.seeds=1000} runs more, {@code
 * -Dcrash.first=17 -Dcrash.seeds=1} one again.
 */
class CrashImagesTest {
  private static final long FIRST = Long.getLong("crash.first", 1);
  private static final int SEEDS = Integer.getInteger("crash.seeds", 2);
  private static final int PAGES = 25;
  private static final int PURGE_EVERY = 8;

  @Test
  @Timeout(7_200)
  void everyImageOpensAndShowsWhatWasAcknowledged() {
    long images = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      try {
        images += run(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    System.out.printf(
        "simulated disk: seeds %d to %d, %d crash images, 0 lost%n",
        FIRST, FIRST + SEEDS - 1, images);
    assertThat(images).isPositive();
  }

  private static long run(long seed) {
    Random random = new Random(seed);
    MemoryDisk memory = new MemoryDisk();
    SimulatedDisk disk = new SimulatedDisk(memory);
    Diary busy = new Diary(seed, random.nextInt(4_000));
    FileStore store = Stores.open(disk, Stores.TINY);
    long images = 0;
    for (int page = 1; page <= PAGES; page++) {
      Diary before = busy.copy();
      List<MemoryDisk> crashes = new ArrayList<>();
      memory.afterChange(() -> crashes.add(disk.crash(random)));
      Consumer<FileStore> check;
      if (page % PURGE_EVERY == 0) {
        busy.samples().pass(Duration.ofSeconds(1));
        Instant past = busy.samples().now().minusMillis(1_500);
        store.log().purge(past);
        busy = before.purge(past);
        Diary after = busy;
        check = image -> after.assertReachableFrom(before, image);
      } else {
        busy.page(store);
        Diary after = busy;
        check = image -> Diary.assertOneOf(image, before, after);
      }
      memory.afterChange(() -> {});
      crashes.forEach(image -> assertOpens(image, check));
      assertOpens(disk.crash(random), busy::assertSameAs);
      images += crashes.size() + 1;
    }
    busy.assertSameAs(store);
    busy.assertUsable(store);
    store.close();
    assertOpens(disk.crash(random), busy::assertSameAs);
    return images;
  }

  /** It opens, shows that, and does so again after it was closed: recovery must not lose either. */
  private static void assertOpens(MemoryDisk image, Consumer<FileStore> check) {
    for (int again = 0; again < 2; again++) {
      FileStore store = Stores.open(image, Stores.TINY);
      check.accept(store);
      store.close();
    }
  }
}
