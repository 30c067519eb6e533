package dev.hookferry.app.cli.io;

import dev.hookferry.app.logging.Causes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a person named: what cannot be done with one is told with its name. */
public final class NamedFile {
  private NamedFile() {}

  /** All its bytes. */
  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + file);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be read: " + Causes.inWords(e));
    }
  }

  /** Puts a text there, in UTF-8, in the place of what may have been there. */
  public static void write(Path file, String text) {
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new CommandFailure(file + " cannot be written: there is no such folder");
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be written: " + Causes.inWords(e));
    }
  }
}
