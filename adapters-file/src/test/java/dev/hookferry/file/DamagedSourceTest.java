package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.store.transfer.ListSource;
import dev.hookferry.contract.store.transfer.TransferContent;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading a store that is damaged, or whose process has crashed. */
class DamagedSourceTest {
  private final MemoryDisk disk = new MemoryDisk();

  private static Map<String, String> files(MemoryDisk of) {
    Map<String, String> files = new HashMap<>();
    of.list().forEach(name -> files.put(name, Arrays.toString(of.get(name))));
    return files;
  }

  private void read() {
    try (TransferSource source = SmallSegmentsTransferTest.sourceOf(disk)) {
      assertThat(ListSource.all(source)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, config.changes", "2, 0000000001.journal", "2, 0000000002.journal"})
  void namesTheDamagedLineAndChangesNothing(int line, String name) {
    try (FileStore store = Stores.open(disk, Stores.TINY)) {
      TransferContent.write(store, 31, 300);
    }
    read();
    String text = new String(disk.get(name), StandardCharsets.ISO_8859_1);
    int offset = text.lines().limit(line - 1).mapToInt(one -> one.length() + 1).sum();
    disk.flip(name, offset + 60);
    Map<String, String> before = files(disk);

    assertThatThrownBy(this::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("line " + line + " of " + name + " in memory")
        .hasMessageContaining("damaged");
    assertThat(files(disk)).isEqualTo(before);
  }

  @Test
  void needsNeitherIndexesNorCheckpointAndMakesNone() {
    try (FileStore store = Stores.open(disk, Stores.TINY)) {
      TransferContent.write(store, 32, 300);
    }
    List<String> whole;
    try (TransferSource source = SmallSegmentsTransferTest.sourceOf(disk)) {
      whole = SmallSegmentsTransferTest.texts(source);
    }
    disk.list().stream()
        .filter(name -> name.endsWith(".index") || name.equals("checkpoint"))
        .forEach(disk::delete);
    Map<String, String> before = files(disk);
    try (TransferSource source = SmallSegmentsTransferTest.sourceOf(disk)) {
      assertThat(SmallSegmentsTransferTest.texts(source)).isEqualTo(whole);
    }
    assertThat(files(disk)).isEqualTo(before);
  }

  @Test
  void saysThatADirectoryHasNoStore(@TempDir Path directory) {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> FileStore.openSource(missing))
        .isInstanceOf(StoreException.class)
        .hasMessage("there is no store in " + missing);
    assertThat(missing).doesNotExist();
    assertThatThrownBy(() -> FileStore.openSource(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no store in ");
  }

  @Test
  void leavesACrashedStoreAsItIsAndSuspectsWhatWasInFlight(@TempDir Path directory)
      throws IOException {
    Samples samples = new Samples(33);
    Event event = samples.event();
    Delivery sent = samples.delivery(event);
    Delivery other = samples.delivery(event, samples.endpoint());
    Path crashed = directory.resolve("crashed");
    try (FileStore store = FileStore.open(directory.resolve("store"), () -> Samples.START)) {
      Owner owner = store.deliveries().register(new Node("test-host:4711"));
      CommitResult unused =
          store
              .deliveries()
              .commit(
                  owner,
                  Batch.of(
                      PublishEntry.of(
                          event,
                          List.of(
                              new PublishEntry.Queued(sent, true),
                              new PublishEntry.Queued(other, true)))));
      assertThat(store.inFlightJournal().begin(sent.id())).isNotNegative();
      Files.createDirectory(crashed);
      try (Stream<Path> files = Files.list(directory.resolve("store"))) {
        for (Path file : files.filter(f -> !f.endsWith("lock")).toList()) {
          Files.copy(file, crashed.resolve(file.getFileName()));
        }
      }
    }
    Map<String, String> before = files(crashed);
    try (TransferSource source = FileStore.openSource(crashed)) {
      assertThat(ListSource.all(source))
          .contains(
              new StoredDelivery(sent, CrashSuspicion.ONE_CRASH, event.payload().size()),
              new StoredDelivery(other, CrashSuspicion.NONE, event.payload().size()));
    }
    assertThat(files(crashed)).isEqualTo(before);
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.filter(f -> !f.endsWith("lock")).toList()) {
        files.put(file.toString(), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
