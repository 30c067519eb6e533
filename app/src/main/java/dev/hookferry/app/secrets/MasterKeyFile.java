package dev.hookferry.app.secrets;

import dev.hookferry.app.logging.Causes;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A file of master keys: one a line, the newest last; lines that begin with # are for people. Only
 * its owner may read it. It is replaced as a whole, so that a crash leaves the old or the new one.
 */
public final class MasterKeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final String HEADING =
      """
      # Master keys of Hookferry, the newest, which seals, last. Whoever has them can open the
      # secrets that they sealed; without them nobody can. Keep a copy apart from the store's.
      """;

  private final Path path;

  /** The file at a path, whether it is there or not. */
  public MasterKeyFile(Path path) {
    this.path = path;
  }

  /** Whether it is there. */
  public boolean exists() {
    return Files.exists(path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Its keys, the newest last.
   *
   * @throws MasterKeyException if it is not there, is open to others, or holds what is no key
   */
  public List<MasterKey> read() {
    try {
      refuseIfOpenToOthers();
      return keys(Files.readString(path));
    } catch (IOException e) {
      throw new MasterKeyException("the master keys cannot be read: " + Causes.inWords(e));
    }
  }

  /**
   * Adds a new key behind the others, durably; makes the file if it is not there.
   *
   * @param random must be cryptographic
   * @throws MasterKeyException as for {@link #read}, or if the file cannot be written; then it is
   *     as it was
   */
  public MasterKey add(RandomGenerator random) {
    String before = HEADING;
    if (exists()) {
      List<MasterKey> unused = read();
      before = text();
    }
    MasterKey key = MasterKey.generate(random);
    String separator = before.endsWith("\n") ? "" : "\n";
    try {
      replace(before + separator + key.reveal() + "\n");
    } catch (IOException e) {
      throw new MasterKeyException("a master key cannot be kept: " + Causes.inWords(e));
    }
    return key;
  }

  private String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new MasterKeyException("the master keys cannot be read: " + Causes.inWords(e));
    }
  }

  private List<MasterKey> keys(String text) {
    List<MasterKey> keys = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(number, line));
      }
    }
    if (keys.isEmpty()) {
      throw new MasterKeyException(path + " holds no master key");
    }
    return keys;
  }

  private MasterKey key(int number, String line) {
    try {
      return MasterKey.parse(line);
    } catch (InvalidException e) {
      throw new MasterKeyException(
          "line "
              + number
              + " of "
              + path
              + " is no master key: it "
              + e.problems().get(0).reason());
    }
  }

  private void refuseIfOpenToOthers() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (!OWNERS.containsAll(permissions)) {
      throw new MasterKeyException(
          path
              + " holds master keys and is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "); chmod 600 it");
    }
  }

  private void replace(String text) throws IOException {
    Path whole = path.toAbsolutePath();
    Path fresh = whole.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Path unused = Files.createFile(fresh, attributes());
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      var bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        int unusedCount = channel.write(bytes);
      }
      channel.force(true);
    }
    Path unusedTarget = Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(Objects.requireNonNull(whole.getParent(), "a file is in a folder"));
  }

  private static FileAttribute<?>[] attributes() {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  /** The new name is lost with a crash otherwise, and with it every secret that was sealed. */
  private static void forceFolder(Path folder) throws IOException {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    if (!windows) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
