package dev.hookferry.app.secrets;

import dev.hookferry.app.logging.Causes;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeyException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A file of master keys: one per line, the newest last; lines that begin with # are comments. Only
 * its owner may read it, or also its group if root owns it: this is how packages and Kubernetes
 * provide secrets to a process of another user. Updates replace the file atomically, so a crash
 * leaves either version.
 */
public final class MasterKeyFile {
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final Integer ROOT = 0;
  private static final String HEADING =
      """
      # Master keys of Hookferry; the last one is the newest and seals new secrets. Anyone with
      # these keys can read the secrets; without them, nobody can. Keep a backup apart from it.
      """;

  private final Path path;

  /** Creates a handle for the file at a path, which need not exist. */
  public MasterKeyFile(Path path) {
    this.path = path;
  }

  /** Returns whether the file exists. */
  public boolean exists() {
    return Files.exists(path);
  }

  /** Returns the file's path. */
  public Path path() {
    return path;
  }

  /**
   * Reads the keys, the newest last.
   *
   * @throws MasterKeyException if the file does not exist, is readable by others, or contains an
   *     invalid key
   */
  public List<MasterKey> read() {
    try {
      refuseIfOpenToOthers();
      return keys(Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new MasterKeyException(
          "cannot read the master keys: "
              + Causes.inWords(e)
              + "; create it: hookferry master-keys add "
              + path);
    } catch (IOException e) {
      throw new MasterKeyException("cannot read the master keys: " + Causes.inWords(e));
    }
  }

  /**
   * Generates a key and appends it durably; creates the file if needed.
   *
   * @param random a cryptographic generator
   * @throws MasterKeyException as for {@link #read}, or if the file cannot be written, in which
   *     case it is unchanged
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
      throw new MasterKeyException("cannot store a master key: " + Causes.inWords(e));
    }
    return key;
  }

  private String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new MasterKeyException("cannot read the master keys: " + Causes.inWords(e));
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
      throw new MasterKeyException(path + " contains no master key");
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
              + " is not a master key: it "
              + e.problems().get(0).reason());
    }
  }

  private void refuseIfOpenToOthers() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    Set<PosixFilePermission> others = new HashSet<>(permissions);
    others.removeAll(OWNERS);
    boolean isOwnedByRoot = ROOT.equals(Files.getAttribute(path, "unix:uid"));
    if (isOwnedByRoot) {
      others.remove(PosixFilePermission.GROUP_READ);
    }
    if (!others.isEmpty()) {
      throw new MasterKeyException(
          path
              + " contains master keys but is readable by others ("
              + PosixFilePermissions.toString(permissions)
              + "); run chmod "
              + (isOwnedByRoot ? "640 " : "600 ")
              + path);
    }
  }

  private void replace(String text) throws IOException {
    Path whole = path.toAbsolutePath();
    Path fresh = whole.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Path unused = Files.createFile(fresh, OwnerOnly.attributes(fresh));
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

  /** Syncs the folder: else a crash could lose the new file, and every secret its key sealed. */
  private static void forceFolder(Path folder) throws IOException {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    if (!windows) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
