package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is restored to where a store was, although a process still has that open. */
class MovedFolderTest {
  private static final String GONE =
      "the directory was moved, replaced or removed, or the file was deleted";

  private final Samples samples = new Samples(5);

  @TempDir Path temporary;
  private Path place;
  private Path moved;

  @BeforeEach
  void name() {
    place = temporary.resolve("data");
    moved = temporary.resolve("moved");
  }

  private void publish(FileStore store, Owner owner, int size) {
    Event event =
        samples.event(
            Samples.SITE, samples.event().type(), Payload.of("\"" + "x".repeat(size) + "\""));
    PublishEntry.Queued queued = new PublishEntry.Queued(samples.delivery(event), false);
    CommitResult unused =
        store.deliveries().commit(owner, Batch.of(PublishEntry.of(event, List.of(queued))));
  }

  /** Puts another store where the first one was, which another process has locked. */
  private void replace() throws IOException {
    Files.move(place, moved);
    Files.createDirectory(place);
    try (Stream<Path> files = Files.list(moved)) {
      for (Path file : files.toList()) {
        Files.copy(file, place.resolve(file.getFileName()));
      }
    }
    Files.writeString(place.resolve(LocalDisk.LOCK), "process 1");
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        content.put(
            file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  @Test
  void theOldProcessWritesNothingIntoTheNewFolder() throws IOException {
    FileStore store = new Stores(place).tiny();
    Owner owner = store.deliveries().register(new Node("n"));
    for (int i = 0; i < 6; i++) {
      publish(store, owner, 9_000);
    }
    store.replays().save(new UUID(0, 1), "x", 0);
    replace();
    Map<String, String> before = content();

    assertThatThrownBy(() -> publish(store, owner, 12_000))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(GONE);
    assertThatThrownBy(() -> store.replays().save(new UUID(0, 2), "x", 0))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(GONE);
    assertThatThrownBy(() -> store.replays().remove(new UUID(0, 1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(GONE);
    assertThatThrownBy(store::info).isInstanceOf(StoreException.class);
    store.close();

    assertThat(content()).isEqualTo(before);
  }

  @Test
  void reportsADeletedLockFile() throws IOException {
    FileStore store = new Stores(place).tiny();
    Files.delete(place.resolve(LocalDisk.LOCK));

    assertThatThrownBy(store::info)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the lock file is gone")
        .hasMessageContaining(GONE);
    store.close();
  }

  @Test
  void worksAgainAfterItIsMovedBack() throws IOException {
    FileStore store = new Stores(place).tiny();
    Owner owner = store.deliveries().register(new Node("n"));
    for (int i = 0; i < 6; i++) {
      publish(store, owner, 9_000);
    }
    Files.move(place, moved);
    assertThatThrownBy(() -> publish(store, owner, 12_000)).isInstanceOf(StoreException.class);
    Files.move(moved, place);
    publish(store, owner, 12_000);
    store.close();

    FileStore again = new Stores(place).tiny();
    assertThat(again.deliveries().backlog(all -> true).pending()).isEqualTo(7);
    again.close();
  }
}
