package dev.hookferry.app.cli.io;

import dev.hookferry.refusal.InvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a secret from a file, the terminal, standard input or the environment. */
public final class SecretInput {
  private SecretInput() {}

  /**
   * Reads a secret from a file, without the line break at its end; {@code -} prompts for it, or
   * reads one line of standard input.
   *
   * @throws InvalidException if there is none or it is empty
   */
  public static String ofFile(String option, Path file, Terminal terminal) {
    if (!file.toString().equals("-")) {
      String text = new String(NamedFile.read(option, file), StandardCharsets.UTF_8);
      return required(option, text.replaceFirst("\\r?\\n\\z", ""), file + " is empty");
    }
    String typed =
        terminal.isInteractive() ? terminal.promptSecret("Secret (not shown): ") : lineOfInput();
    return required(option, typed, "must not be empty");
  }

  /**
   * Returns the value of an environment variable.
   *
   * @throws InvalidException if it is unset or empty
   */
  public static String ofVariable(String option, String name) {
    return required(option, System.getenv(name), "the variable " + name + " is not set");
  }

  /** Warns that other users can see a secret given as an argument. */
  public static void warnOfArgument(OutputOptions output, String argument) {
    output.warn(
        "other users of this machine can read the secret in "
            + argument
            + "; use --secret-file or --secret-env");
  }

  private static String required(String option, @Nullable String text, String otherwise) {
    if (text == null || text.isEmpty()) {
      throw InvalidException.of(option, otherwise);
    }
    return text;
  }

  /** Reads one line without reading ahead, since the next secret may follow. */
  private static String lineOfInput() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = System.in.read(); next >= 0 && next != '\n'; next = System.in.read()) {
        line.write(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString(StandardCharsets.UTF_8).replaceFirst("\r\\z", "");
  }
}
