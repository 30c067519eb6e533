package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.archive.ArchiveSource;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.SnapshotStore;
import dev.hookferry.store.transfer.StoreTransfer;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
  private final Embedded embedded = new Embedded();

  @TempDir Path folder;

  @AfterEach
  void close() {
    embedded.close();
  }

  private Path taken() throws IOException {
    Path file = folder.resolve("backup.hfa");
    Webhooks clerk = embedded.webhooks.actingAs(new Actor(null, "clerk", "10.0.0.7"));
    try (Backups.Backup backup = clerk.backups().begin(TransferHistory.ALL);
        OutputStream out = Files.newOutputStream(file)) {
      assertThat(backup.writeTo(out).events()).isEqualTo(1);
    }
    return file;
  }

  private void publish() {
    embedded
        .webhooks
        .endpoints()
        .create(SiteId.DEFAULT, EndpointSpec.to("https://crm.example/").types("*"));
    embedded.webhooks.publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}")).join();
  }

  @Test
  void aBackupHoldsEverythingAndIsAudited() throws IOException {
    publish();
    Path file = taken();

    MemoryStore restored = new MemoryStore(() -> Samples.START, Duration.ofMinutes(5));
    try (ArchiveSource source = ArchiveSource.open(file)) {
      RecordCounts counts =
          new StoreTransfer(source, restored.transferTarget()).start(TransferHistory.ALL);
      assertThat(counts.deliveries()).isEqualTo(1);
    }
    assertThat(restored.config().load()).isEqualTo(embedded.store.config().load());
    assertThat(restored.log().events(EventQuery.ofSite(SiteId.DEFAULT)).data())
        .isEqualTo(embedded.store.log().events(EventQuery.ofSite(SiteId.DEFAULT)).data());
    List<AuditEntry> told = restored.audit().entries(AuditQuery.ALL).data();
    assertThat(told.get(0).action().code()).isEqualTo("backup.taken");
    assertThat(told.get(0).actor().name()).isEqualTo("clerk");
  }

  @Test
  void allowsOneBackupAtATime() {
    Backups backups = embedded.webhooks.backups();
    try (Backups.Backup first = backups.begin(TransferHistory.NONE)) {
      assertThat(first.id()).isNotNull();
      assertThatThrownBy(() -> backups.begin(TransferHistory.ALL))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("already running");
    }
    backups.begin(TransferHistory.ALL).close();
  }

  @Test
  void failedStartDoesNotBlockLaterBackups() {
    CrampedStore store = new CrampedStore(embedded.store);
    try (Hookferry hookferry =
        Hookferry.builder(store, embedded.transport).secrets(Secrets.inTheClear()).build()) {
      Backups backups = hookferry.start().webhooks().backups();
      assertThatThrownBy(() -> backups.begin(TransferHistory.ALL))
          .isInstanceOf(OutOfMemoryError.class);
      assertThatThrownBy(() -> backups.begin(TransferHistory.ALL))
          .isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void refusedBackupIsNotAudited() {
    CrampedStore store = new CrampedStore(embedded.store);
    store.refuses = true;
    try (Hookferry hookferry =
        Hookferry.builder(store, embedded.transport).secrets(Secrets.inTheClear()).build()) {
      Backups backups = hookferry.start().webhooks().backups();
      assertThatThrownBy(() -> backups.begin(TransferHistory.ALL))
          .isInstanceOf(ConflictException.class)
          .hasMessage("for a test");
      store.refuses = false;
      backups.reserve(TransferHistory.ALL).close();

      assertThat(store.audit().entries(AuditQuery.ALL).data())
          .extracting(entry -> entry.action().code())
          .doesNotContain("backup.taken");
    }
  }

  @Test
  void backupNotYetBegunWritesNothing() {
    try (Backups.Backup backup = embedded.webhooks.backups().reserve(TransferHistory.ALL)) {
      assertThatThrownBy(() -> backup.writeTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IllegalStateException.class);
      backup.begin();
      assertThatThrownBy(backup::begin).isInstanceOf(IllegalStateException.class);
    }
  }

  /** A store whose content does not fit into memory. */
  private static final class CrampedStore extends ForwardingStore implements SnapshotStore {
    private boolean refuses;

    private CrampedStore(Store store) {
      super(store);
    }

    @Override
    public void checkSnapshot() {
      if (refuses) {
        throw new ConflictException("for a test");
      }
    }

    @Override
    public TransferSource snapshot() {
      throw new OutOfMemoryError("for a test");
    }
  }
}
