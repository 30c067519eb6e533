package dev.hookferry.app.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hookferry.app.config.SecretsConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreTables;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.MasterKeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MasterKeyFileTest {
  private final Random random = new Random(1);

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("keys");
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void keysAreAddedBehindTheOthersForTheOwnerAlone() throws IOException {
    MasterKeyFile file = new MasterKeyFile(path());
    MasterKey one = file.add(random);
    Files.writeString(path(), Files.readString(path()).stripTrailing() + "\n\n  # a note");
    MasterKey two = file.add(random);

    assertThat(file.read()).extracting(MasterKey::id).containsExactly(one.id(), two.id());
    assertThat(Files.readString(path())).contains("# a note").startsWith("# Master keys");
    assumeThat(isPosix()).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void filesReadableByOthersAreRefused() throws IOException {
    assumeThat(isPosix()).isTrue();
    MasterKeyFile file = new MasterKeyFile(path());
    String before = file.add(random).id();
    for (String open : List.of("rw----r--", "rw--w----", "rw-r--r--")) {
      Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(open));
      assertThatThrownBy(file::read)
          .isInstanceOf(MasterKeyException.class)
          .hasMessageContaining(open)
          .hasMessageContaining("run chmod 6");
      assertThatThrownBy(() -> file.add(random)).isInstanceOf(MasterKeyException.class);
    }
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("r--------"));
    assertThat(file.read()).extracting(MasterKey::id).containsExactly(before);
  }

  @Test
  void onlyRootMayLetTheGroupRead() throws IOException {
    assumeThat(isPosix()).isTrue();
    MasterKeyFile file = new MasterKeyFile(path());
    String id = file.add(random).id();
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("r--r-----"));
    if (Integer.valueOf(0).equals(Files.getAttribute(path(), "unix:uid"))) {
      assertThat(file.read()).extracting(MasterKey::id).containsExactly(id);
      Files.setAttribute(path(), "unix:uid", 1);
    }
    assertThatThrownBy(file::read)
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("r--r-----");
  }

  @Test
  void anInvalidKeyIsReportedByItsLineAndNotShown() throws IOException {
    MasterKeyFile file = new MasterKeyFile(path());
    assertThatThrownBy(file::read)
        .hasMessageContaining("no such file")
        .hasMessageEndingWith("; create it: hookferry master-keys add " + path());
    file.add(random);
    Files.writeString(path(), "# only this\n");
    assertThatThrownBy(file::read).hasMessageContaining("contains no master key");
    Files.writeString(path(), "# a\nhunter2-hunter2\n");
    assertThatThrownBy(file::read)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("hunter2");
  }

  private static List<String> ids(MasterKeySource source) {
    return source.read().stream().map(MasterKey::id).toList();
  }

  @Test
  void eachStoreHasItsPlaceForKeys() {
    ServerConfig files = ServerConfigReader.defaults().with(new StoreConfig.InFiles(folder));
    MasterKeySource own = MasterKeySources.of(files, random);
    assertThat(own.read()).isEmpty();
    String made = own.create().orElseThrow().id();
    assertThat(ids(own)).containsExactly(made);

    MasterKey given = MasterKey.generate(random);
    MasterKeySource successor =
        MasterKeySources.of(files.with(new SecretsConfig(null, List.of(given))), random);
    assertThat(ids(successor)).containsExactly(made, given.id());
    assertThat(successor.create()).isEmpty();

    ServerConfig memory = ServerConfigReader.defaults().with(new StoreConfig.InMemory());
    assertThat(MasterKeySources.of(memory, random).create()).isPresent();

    ServerConfig database =
        ServerConfigReader.defaults()
            .with(new StoreConfig.InDatabase("jdbc:h2:mem:x", null, null, StoreTables.DEFAULT));
    assertThat(MasterKeySources.of(database, random).read()).isEmpty();
    assertThat(MasterKeySources.of(database, random).create()).isEmpty();
    String added = new MasterKeyFile(path()).add(random).id();
    MasterKeySource operators =
        MasterKeySources.of(database.with(new SecretsConfig(path(), List.of())), random);
    assertThat(ids(operators)).containsExactly(added);
    assertThat(operators.create()).isEmpty();
  }
}
