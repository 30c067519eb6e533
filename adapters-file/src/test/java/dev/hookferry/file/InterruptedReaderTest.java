package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.query.EventQuery;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of the host that are interrupted while they read, beside commits. */
class InterruptedReaderTest {
  @TempDir Path temporary;

  @Test
  void disturbsNoCommit() {
    Diary diary = new Diary(5, 500);
    FileStore store = new Stores(temporary).tiny();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(() -> read(store, done), task -> new Thread(task).start());

    for (int i = 0; i < 200; i++) {
      diary.page(store);
    }

    done.set(true);
    assertThat(reader.join()).isPositive();
    diary.assertSameAs(store);
    store.close();
  }

  private static int read(FileStore store, AtomicBoolean done) {
    int read = 0;
    while (!done.get()) {
      Thread.currentThread().interrupt();
      read += store.log().events(EventQuery.ofSite(Samples.SITE)).data().size();
      assertThat(Thread.interrupted()).isTrue();
    }
    return read;
  }
}
