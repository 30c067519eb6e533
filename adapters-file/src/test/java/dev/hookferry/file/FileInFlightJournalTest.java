package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new process knows the deliveries that were in flight when the last one ended. */
class FileInFlightJournalTest {
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir Path directory;

  private final Samples samples = new Samples(8);
  private final EndpointId endpoint = samples.endpoint();

  @Test
  void onlyDeliveriesInFlightAreSuspected() throws IOException {
    Path dead = directory.resolve("dead");
    FileStore store = FileStore.open(dead, InstantSource.system());
    Owner owner = store.deliveries().register(new Node("n"));
    Delivery waiting = publish(store, owner);
    Delivery sent = publish(store, owner);
    Delivery done = publish(store, owner);
    store.inFlightJournal().end(store.inFlightJournal().begin(done.id()));
    int unused = store.inFlightJournal().begin(sent.id());

    // The files that a killed process leaves behind, although this one continues.
    Path copy = copy(dead, "copy");
    store.close();

    assertThat(suspicions(copy))
        .isEqualTo(
            Map.of(
                waiting.id(), CrashSuspicion.NONE,
                sent.id(), CrashSuspicion.ONE_CRASH,
                done.id(), CrashSuspicion.NONE));
    assertThat(suspicions(copy))
        .as("noted durably, and once")
        .containsEntry(sent.id(), CrashSuspicion.ONE_CRASH);
    assertThat(suspicions(dead))
        .as("after an orderly end")
        .containsEntry(sent.id(), CrashSuspicion.NONE);
  }

  @Test
  void aStartAfterACrashSaysSo() throws IOException {
    Path dead = directory.resolve("dead");
    FileStore store = FileStore.open(dead, InstantSource.system());
    Owner owner = store.deliveries().register(new Node("n"));
    Delivery waiting = publish(store, owner);
    Delivery sent = publish(store, owner);
    int unused = store.inFlightJournal().begin(sent.id());
    Path copy = copy(dead, "copy");
    store.close();

    assertThat(linesOfStart(copy))
        .singleElement()
        .asString()
        .startsWith("previous run ended without a clean stop: ")
        .endsWith(" pending=2 inFlight=1 directory=" + copy);
    assertThat(linesOfStart(copy)).as("once").isEmpty();
    assertThat(linesOfStart(dead)).as("after an orderly end of " + waiting.id()).isEmpty();
  }

  private static List<String> linesOfStart(Path store) {
    List<String> lines = new ArrayList<>();
    Logger logger = Logger.getLogger(FileInFlightJournal.class.getName());
    Handler tap =
        new StreamHandler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
          }
        };
    logger.setLevel(Level.ALL); // The build's tests log nothing by default.
    logger.addHandler(tap);
    FileStore.open(store, InstantSource.system()).close();
    logger.removeHandler(tap);
    logger.setLevel(null);
    return lines;
  }

  @Test
  void notesBeyondTheRoomForThemAreLeftOut() {
    FileInFlightJournal notes =
        new FileInFlightJournal(ByteBuffer.allocate(FileInFlightJournal.BYTES));
    for (int i = 0; i < 5_000; i++) {
      notes.end(i % 2 == 0 ? notes.begin(samples.deliveryId()) : -1);
      int unused = notes.begin(samples.deliveryId());
    }

    assertThat(notes.begin(samples.deliveryId())).isEqualTo(-1);
  }

  @Test
  void notesAreReadBackUntilTheyAreCleared() {
    ByteBuffer bytes = ByteBuffer.allocate(FileInFlightJournal.BYTES);
    FileInFlightJournal notes = new FileInFlightJournal(bytes);
    DeliveryId one = samples.deliveryId();
    DeliveryId two = samples.deliveryId();
    int first = notes.begin(one);
    int unused = notes.begin(two);
    notes.end(first);

    assertThat(new FileInFlightJournal(bytes).found()).isEqualTo(Set.of(two));
    notes.clear();
    assertThat(new FileInFlightJournal(bytes).found()).isEmpty();
  }

  @Test
  void aTrialIsDistinguishedFromTheOthers() throws IOException {
    Path place = directory.resolve("tried");
    FileStore store = FileStore.open(place, InstantSource.system());
    Delivery tried = publish(store, store.deliveries().register(new Node("n")));
    List<CrashSuspicion> found = new ArrayList<>();
    for (int death = 0; death < 2; death++) {
      Owner owner = store.deliveries().register(new Node("n"));
      assertThat(store.inFlightJournal().beginTrial(owner, tried, CrashSuspicion.FIRST_TRIAL))
          .isTrue();
      int note = store.inFlightJournal().begin(tried.id());
      assertThat(store.inFlightJournal().begin(samples.deliveryId())).isNotEqualTo(note);
      place = copy(place, "after" + death);
      store.close();
      found.add(suspicions(place).get(tried.id()));
      store = FileStore.open(place, InstantSource.system());
    }
    Owner owner = store.deliveries().register(new Node("n"));
    assertThat(store.inFlightJournal().beginTrial(owner, tried, CrashSuspicion.FIRST_TRIAL))
        .isTrue();
    store.inFlightJournal().end(store.inFlightJournal().begin(tried.id()));
    Path last = copy(place, "ended");
    store.close();

    assertThat(found).containsExactly(CrashSuspicion.FIRST_TRIAL_FAILED, CrashSuspicion.POISONED);
    assertThat(suspicions(last))
        .as("it came to its end")
        .containsEntry(tried.id(), CrashSuspicion.POISONED);
  }

  @Test
  void aFullDiskKeepsNoStoreFromOpeningThatHasADeathToNote() {
    MemoryDisk full = new MemoryDisk();
    FileStore store = Stores.open(full, Stores.TINY);
    Delivery sent = publish(store, store.deliveries().register(new Node("n")));
    store.close();
    ByteBuffer bytes = ByteBuffer.allocate(FileInFlightJournal.BYTES);
    int unused = new FileInFlightJournal(bytes).begin(sent.id());
    full.holds(0);

    FileStore again = Stores.open(noted(full, bytes), Stores.TINY);

    assertThat(again.log().delivery(Samples.SITE, sent.id())).isPresent();
    assertThat(new FileInFlightJournal(bytes).found()).as("nobody is blamed").isEmpty();
  }

  @Test
  void allTheirBlocksAreThereBeforeTheyAreUsed() throws IOException {
    FileStore.open(directory.resolve("store"), InstantSource.system()).close();

    assertThat(directory.resolve("store").resolve(FileInFlightJournal.NAME))
        .hasSize(FileInFlightJournal.BYTES);
  }

  /** The disk, with notes that outlived a process. */
  private static Disk noted(Disk disk, ByteBuffer notes) {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) ->
                method.getName().equals("notes") ? notes : method.invoke(disk, arguments));
  }

  private Delivery publish(FileStore store, Owner owner) {
    Event event = samples.event();
    Delivery delivery = samples.delivery(event, endpoint);
    PublishEntry publication =
        PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)));
    var unused = store.deliveries().commit(owner, Batch.of(publication));
    return delivery;
  }

  private Map<DeliveryId, CrashSuspicion> suspicions(Path there) {
    try (FileStore store = FileStore.open(there, InstantSource.system())) {
      Owner owner = store.deliveries().register(new Node("n"));
      ClaimRequest claim = new ClaimRequest(Map.of(endpoint, 100), 100, Long.MAX_VALUE, FAR);
      return store.deliveries().claim(owner, claim).work().stream()
          .collect(Collectors.toMap(w -> w.delivery().id(), ClaimResult.Work::suspicion));
    }
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectory(directory.resolve(name));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (!file.endsWith("lock")) {
          Files.copy(file, to.resolve(file.getFileName().toString()));
        }
      }
    }
    return to;
  }
}
