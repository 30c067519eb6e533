package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.transfer.TransferStores;
import dev.hookferry.contract.store.transfer.TransferContent;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.archive.ArchiveWriter;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.StoreTransfer;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals of {@code copy} and {@code restore}. */
final class CopyRefusalsTest {
  @TempDir private Path folder;

  private String h2(String name) {
    return "jdbc:h2:file:" + folder.resolve(name);
  }

  private Store open(String url) {
    return JdbcStore.open(JdbcStoreOptions.of(url));
  }

  private String filled() {
    try (Store store = open(h2("source"))) {
      TransferContent.write(store, 1, 50);
    }
    return h2("source");
  }

  @Test
  void aTargetMustBeEmpty() {
    String source = filled();
    CommandResult first = CommandResult.run("copy", "--from", source, "--to", h2("target"));
    assertThat(first.code()).as(first.toString()).isZero();
    assertThat(first.out()).contains("copied ", " attempts from ");

    CommandResult again = CommandResult.run("copy", "--from", source, "--to", h2("target"));
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("is not empty", "choose an empty store");
    CommandResult resumed =
        CommandResult.run("copy", "--from", source, "--to", h2("target"), "--resume");
    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err()).contains("no unfinished transfer");
  }

  @Test
  void aStoreIsNotCopiedToItself() {
    String files = "file:" + folder.resolve("one");
    String other = "file:" + folder.resolve("two").resolve("..").resolve("one");
    for (String[] stores : new String[][] {{files, other}, {h2("one"), h2("one")}}) {
      CommandResult typed = CommandResult.run("copy", "--from", stores[0], "--to", stores[1]);
      assertThat(typed.code()).isEqualTo(2);
      assertThat(typed.err()).startsWith("hookferry: --to: must be a different store from --from");
    }
  }

  @Test
  void namesOfTablesAreRefusedByTheirOptions() {
    String[] copy = {"copy", "--from", h2("a"), "--to", h2("b"), "--to-table-prefix", "a b"};
    assertThat(CommandResult.run(copy).err())
        .startsWith("hookferry: --to-table-prefix: must be 2 to 30");
    String[] restore = {"restore", "x", "--store", h2("a"), "--store-schema", "a b"};
    assertThat(CommandResult.run(restore).err())
        .startsWith("hookferry: --store-schema: must be empty");
    String[] bare = {"copy", "file:a", "file:b"};
    assertThat(CommandResult.run(bare).err())
        .contains("--from is required", "unexpected argument file:a");
  }

  @Test
  void reportsAFileThatIsNotAnArchive() throws IOException {
    Path other = Files.writeString(folder.resolve("notes.txt"), "buy milk");
    assertThat(CommandResult.run("restore", other.toString(), "--store", h2("target")).err())
        .contains("notes.txt cannot be read: it is not a Hookferry archive");
  }

  @Test
  void aSourceMustBeAtRestAndThere() {
    String source = filled();
    try (Store unused = open(source)) {
      CommandResult copy = CommandResult.run("copy", "--from", source, "--to", h2("target"));
      assertThat(copy.code()).isEqualTo(1);
      assertThat(copy.err()).contains("already open");
    }
    CommandResult nowhere =
        CommandResult.run("copy", "--from", "file:" + folder.resolve("no"), "--to", h2("t"));
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("there is no store in");
    assertThat(CommandResult.run("copy", "--from", "nonsense", "--to", h2("t")).code())
        .isEqualTo(2);
    CommandResult history =
        CommandResult.run("copy", "--from", source, "--to", h2("t"), "--history", "yesterday");
    assertThat(history.code()).isEqualTo(2);
    assertThat(history.err()).contains("--history: must be all, none or a duration");
  }

  @Test
  void anInterruptedCopyKeepsServersAwayAndIsResumed() {
    String source = filled();
    try (TransferSource opened = TransferStores.source(StoreConfig.parse(source));
        TransferTarget target = TransferStores.target(StoreConfig.parse(h2("target")))) {
      Assertions.assertThatThrownBy(
              () -> new StoreTransfer(new Failing(opened), target).start(TransferHistory.ALL))
          .hasMessage("the source fails here");
    }
    Assertions.assertThatThrownBy(() -> open(h2("target")))
        .hasMessageContaining("was only partly filled from")
        .hasMessageContaining("--resume");
    CommandResult again = CommandResult.run("copy", "--from", source, "--to", h2("target"));
    assertThat(again.err()).contains("finish it with --resume");

    CommandResult resumed =
        CommandResult.run("copy", "--from", source, "--to", h2("target"), "--resume", "--verify");
    assertThat(resumed.code()).as(resumed.toString()).isZero();
    open(h2("target")).close();
  }

  @Test
  void aCompleteCopyIsVerifiedLater() {
    String source = filled();
    String[] later = {"copy", "--from", source, "--to", h2("target"), "--resume", "--verify"};
    CommandResult early = CommandResult.run(later);
    assertThat(early.code()).isEqualTo(1);
    assertThat(early.err()).contains("no unfinished transfer");
    assertThat(CommandResult.run("copy", "--from", source, "--to", h2("target")).code()).isZero();

    CommandResult verified = CommandResult.run(later);
    assertThat(verified.code()).as(verified.toString()).isZero();
    assertThat(verified.err()).contains("nothing is left to move", "are equal on both sides");

    try (Store store = open(h2("target"))) {
      Site other = new Site(new SiteId("other"), SiteSettings.DEFAULT, Instant.EPOCH);
      long version = store.config().version();
      assertThat(store.config().save(List.of(new ConfigChange.PutSite(other)), version))
          .isPresent();
    }
    CommandResult differs = CommandResult.run(later);
    assertThat(differs.code()).isEqualTo(1);
    assertThat(differs.err()).contains("the stores differ", "is only in");
  }

  /** Fails after some batches. */
  private record Failing(TransferSource whole) implements TransferSource {
    @Override
    public TransferOrigin origin() {
      return whole.origin();
    }

    @Override
    public TransferReader read(TransferHistory history, @Nullable String after) {
      TransferReader reader = whole.read(history, after);
      return new TransferReader() {
        private int left = 4;

        @Override
        public Optional<TransferBatch> next() {
          if (left-- == 0) {
            throw new StoreException("the source fails here");
          }
          return reader.next();
        }

        @Override
        public void close() {
          reader.close();
        }
      };
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  @Test
  void secretsNeedTheirMasterKey() {
    Random random = new Random(1);
    EnvelopeCipher cipher = new EnvelopeCipher(MasterKeySource.inMemory(random), random);
    cipher.reloadKeys(false);
    SiteSettings sealed =
        SiteSettings.DEFAULT.withSecretKey(
            cipher.seal("s3cr3t", SecretContexts.siteKey(SiteId.DEFAULT)));
    Site site = new Site(SiteId.DEFAULT, sealed, Instant.EPOCH);
    try (Store store = open(h2("source"))) {
      assertThat(store.config().save(List.of(new ConfigChange.PutSite(site)), 0)).isPresent();
    }
    CommandResult copy = CommandResult.run("copy", "--from", h2("source"), "--to", h2("target"));
    assertThat(copy.code()).isEqualTo(1);
    assertThat(copy.err())
        .contains(cipher.keys().get(0))
        .contains("pass --from-master-key-file FILE", "HOOKFERRY_MASTER_KEY")
        .doesNotContain("s3cr3t");
    Path files = folder.resolve("files");
    assertThat(CommandResult.run("copy", "--from", h2("source"), "--to", "file:" + files).code())
        .isEqualTo(1);
    assertThat(files).doesNotExist();
  }

  @Test
  void aDamagedArchiveChangesNothing() throws IOException {
    Path archive = folder.resolve("a.hfa");
    try (TransferSource source = TransferStores.source(StoreConfig.parse(filled()));
        OutputStream out = Files.newOutputStream(archive)) {
      RecordCounts unused =
          ArchiveWriter.write(source, TransferHistory.ALL, new UUID(1, 1), Instant.EPOCH, out);
    }
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
    CommandResult truncated =
        CommandResult.run("restore", archive.toString(), "--store", h2("target"));
    assertThat(truncated.code()).isEqualTo(1);
    assertThat(truncated.err()).contains("a.hfa cannot be read", "it is truncated");

    Files.write(archive, whole);
    CommandResult restored =
        CommandResult.run("restore", archive.toString(), "--store", h2("target"), "--verify");
    assertThat(restored.code()).as(restored.toString()).isZero();
    assertThat(restored.out()).startsWith("restored ").contains(" attempts from " + archive);
    assertThat(restored.err())
        .contains("secrets are now stored unencrypted", "records are equal on both sides");
  }
}
