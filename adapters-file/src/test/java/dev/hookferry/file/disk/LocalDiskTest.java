package dev.hookferry.file.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.file.FileStore;
import dev.hookferry.file.Stores;
import dev.hookferry.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real directory of the operating system. */
class LocalDiskTest {
  @TempDir Path temporary;

  private FileStore open(Path directory) {
    return FileStore.open(directory, InstantSource.fixed(Samples.START));
  }

  @Test
  void refusesASecondStore() {
    FileStore first = open(temporary);

    assertThatThrownBy(() -> open(temporary))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            real(temporary)
                + " is already in use by this process; close the store that is open in it");

    assertThat(first.config().version()).isZero();
    first.close();
    open(temporary).close();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void refusesASecondProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                temporary.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("open");

      assertThatThrownBy(() -> open(temporary))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is in use by another process (process " + other.pid() + ")")
          .hasMessageContaining("stop that process, or use another directory");
    } finally {
      other.destroyForcibly().waitFor();
    }

    open(temporary).close();
  }

  /** Holds a store open until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      FileStore store = FileStore.open(Path.of(args[0]), InstantSource.system());
      System.out.println("open");
      System.in.read();
      store.close();
    }
  }

  @Test
  void isReadableByItsUserAlone() throws IOException {
    assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path directory = temporary.resolve("a/b");
    FileStore store = open(directory);
    store.config().save(List.of(), 0);
    store.close();

    assertThat(permissions(directory)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList())
          .hasSizeGreaterThan(3)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path path) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      return PosixFilePermissions.toString(permissions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lock is released, or the next try would meet that of the first. */
  @Test
  void keepsNoLockThatItCouldNotFinish() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Files.createSymbolicLink(temporary.resolve(LocalDisk.LOCK), full);
    try (LocalDisk disk = LocalDisk.at(temporary)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(disk::lock).isInstanceOf(IOException.class);
      }
    }
  }

  /** As where the directory is a file system of its own, with a {@code lost+found}. */
  @Test
  void reportsItsSizeDespiteUnreadableFiles() throws IOException {
    FileStore store = open(temporary);
    Long before = store.info().bytes();
    Files.createSymbolicLink(temporary.resolve("foreign"), temporary.resolve("missing"));

    assertThat(store.info().bytes()).isPositive().isEqualTo(before);
    store.close();
  }

  @Test
  void saysWhatTheFilesAre() throws IOException {
    open(temporary).close();

    assertThat(Files.readString(temporary.resolve("README.txt")))
        .contains("grep -h . *.journal | tail", "jq", "config.changes");
  }

  @Test
  void cannotBeMadeOfAFile() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void readsOnAfterAnInterrupt() throws IOException {
    Disk disk = new Stores(temporary).disk();
    byte[] text = "text".getBytes(StandardCharsets.UTF_8);
    try (DiskFile file = disk.open("file", Disk.Access.CREATE)) {
      file.write(ByteBuffer.wrap(text), 0);
      ByteBuffer read = ByteBuffer.allocate(4);
      Thread.currentThread().interrupt();

      file.read(read, 0);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(read.array()).isEqualTo(text);
      Thread.currentThread().interrupt();
      Uninterrupted.run(() -> file.write(ByteBuffer.wrap(text), 4));
      Uninterrupted.run(file::force);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.size()).isEqualTo(8);
    }
  }

  /** As when the interrupt of a reader has closed the channel that all users of a file share. */
  @Test
  void writesOnAfterAnInterruptOfAnotherThread() throws IOException {
    Path path = Files.createFile(temporary.resolve("file"));
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    ByteBuffer text = ByteBuffer.wrap("text".getBytes(StandardCharsets.UTF_8));

    LocalFile written = reopening(path, closed(path, options), options);
    Uninterrupted.run(() -> written.write(text.rewind(), 0));
    LocalFile forced = reopening(path, closed(path, options), options);
    Uninterrupted.run(forced::force);
    LocalFile cut = reopening(path, closed(path, options), options);
    Uninterrupted.run(() -> cut.truncate(2));

    assertThat(Files.readString(path)).isEqualTo("te");
  }

  private static FileChannel closed(Path path, Set<OpenOption> options) throws IOException {
    FileChannel channel = FileChannel.open(path, options);
    channel.close();
    return channel;
  }

  @Test
  void repeatsCallsWhoseChannelWasClosed() throws IOException {
    Path path = Files.writeString(temporary.resolve("file"), "old text");
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    ByteBuffer read = ByteBuffer.allocate(8);

    closedMeanwhile(path, options).read(read, 0);
    assertThat(new String(read.array(), StandardCharsets.UTF_8)).isEqualTo("old text");
    assertThat(closedMeanwhile(path, options).size()).isEqualTo(8);

    ByteBuffer text = ByteBuffer.wrap("new".getBytes(StandardCharsets.UTF_8));
    LocalFile written = closedMeanwhile(path, options);
    assertRepeated(() -> written.write(text.duplicate(), 0));
    LocalFile cut = closedMeanwhile(path, options);
    assertRepeated(() -> cut.truncate(3));
    LocalFile forced = closedMeanwhile(path, options);
    assertRepeated(forced::force);
    assertThat(Files.readString(path)).isEqualTo("new");
  }

  private static void assertRepeated(Uninterrupted.RepeatableWork call) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    Uninterrupted.run(
        () -> {
          calls.incrementAndGet();
          call.run();
        });
    assertThat(calls).hasValue(2);
  }

  private static LocalFile closedMeanwhile(Path path, Set<OpenOption> options) {
    return reopening(path, new InterruptedChannel(), options);
  }

  private static LocalFile reopening(Path path, FileChannel channel, Set<OpenOption> options) {
    return new LocalFile(channel, () -> FileChannel.open(path, options));
  }

  @Test
  void writesNoMoreOnceItIsClosed() throws IOException {
    DiskFile file = new Stores(temporary).disk().open("file", Disk.Access.CREATE);
    file.close();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Uninterrupted.run(file::force))
        .isExactlyInstanceOf(ClosedChannelException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
