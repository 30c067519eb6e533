package dev.hookferry.app.cli.io;

import dev.hookferry.app.logging.Causes;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes files named by the user; error messages include the file name. */
public final class NamedFile {
  private NamedFile() {}

  /**
   * Returns the path of a file.
   *
   * @param name the argument, for error messages
   * @throws InvalidException if it is malformed
   */
  public static Path path(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw InvalidException.of(name, "must be a file name (got " + text + ")");
    }
  }

  /**
   * Returns the whole content of a file.
   *
   * @param name the option or argument that names the file, for error messages
   * @throws InvalidException if it cannot be read
   */
  public static byte[] read(String name, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw InvalidException.of(name, "no such file: " + file);
    } catch (IOException e) {
      throw InvalidException.of(name, file + " cannot be read: " + Causes.inWords(e));
    }
  }

  /** Writes a string in UTF-8, replacing any existing file. */
  public static void write(Path file, String text) {
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be written: " + Causes.inWords(e));
    }
  }
}
