package dev.hookferry.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CausesTest {
  @TempDir private Path folder;

  @Test
  void aMissingFileIsNamedOnce() {
    String file = folder.resolve("x").toString();
    NoSuchFileException missing = new NoSuchFileException(file);
    assertThat(Causes.inWords(missing)).isEqualTo("no such file: " + file);
    assertThat(Causes.inWords(new UncheckedIOException("cannot open " + file, missing)))
        .isEqualTo("cannot open " + file + ": no such file");
  }

  @Test
  void aMissingDirectoryIsNamedInsteadOfTheFileToBeMade() {
    Path absent = folder.resolve("absent");
    assertThat(Causes.inWords(new NoSuchFileException(absent.resolve("keys.new").toString())))
        .isEqualTo("the directory " + absent + " does not exist");
  }

  @Test
  void aDeniedFileIsNamedOnce() {
    AccessDeniedException denied = new AccessDeniedException("/d/lock");
    assertThat(Causes.inWords(denied)).isEqualTo("no permission for /d/lock");
    String whole = "cannot open the store /d: no permission for /d/lock";
    assertThat(Causes.inWords(new StoreException(whole, denied))).isEqualTo(whole);
  }

  @Test
  void theFullStopOfADriverIsLeftOut() {
    IOException failure =
        new IOException("The connection attempt failed.", new UnknownHostException("db.example"));
    assertThat(Causes.inWords(failure))
        .isEqualTo("The connection attempt failed: unknown host db.example");
  }
}
