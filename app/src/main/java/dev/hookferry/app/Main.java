package dev.hookferry.app;

import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.logging.Logs;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The entry point of {@code java -jar hookferry.jar}. */
public final class Main {
  /** The character that Java substitutes for bytes it cannot decode. */
  private static final char DAMAGED = '\ufffd';

  private Main() {}

  /** Runs a command. Logging stays off except for the server, which configures it itself. */
  public static void main(String[] args) {
    Logs.startSilent();
    Charset decoder = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (isDamaged(args, decoder)) {
      System.err.println(
          "hookferry: the arguments contain characters that the locale cannot represent ("
              + decoder
              + "); set LC_ALL=C.UTF-8, or pass the text in a file");
      System.exit(ExitCode.USAGE);
    }
    System.exit(CommandLines.create(args).execute(args));
  }

  /**
   * Returns whether Java failed to decode part of the arguments. Always false for UTF-8, where a
   * replacement character may be intended.
   */
  static boolean isDamaged(String[] args, Charset decoder) {
    return !decoder.equals(StandardCharsets.UTF_8)
        && Stream.of(args).anyMatch(arg -> arg.indexOf(DAMAGED) >= 0);
  }
}
