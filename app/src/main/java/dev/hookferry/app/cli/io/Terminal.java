package dev.hookferry.app.cli.io;

import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The interactive terminal of the user. */
public interface Terminal {
  /** Returns whether the user can be prompted: false if standard input or output is redirected. */
  boolean isInteractive();

  /** Returns the columns of a line; {@link Integer#MAX_VALUE} if there is no known limit. */
  default int width() {
    return Integer.MAX_VALUE;
  }

  /** Returns whether it supports colours and the user has not disabled them. */
  default boolean hasColor() {
    return false;
  }

  /** Asks a question and blocks for the reply; returns null at the end of the input. */
  @Nullable String prompt(String question);

  /** Asks for text without echoing it, blocking; returns null at the end of the input. */
  @Nullable String promptSecret(String question);

  /** Asks a yes/no question; returns true only for {@code y} or {@code yes}. */
  default boolean agrees(String question) {
    String reply = prompt(question + " [y/N] ");
    return reply != null && reply.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /** Returns the terminal of this process. */
  static Terminal ofProcess() {
    return new OfConsole(OfConsole.find());
  }

  /**
   * A terminal backed by the JDK's console.
   *
   * @param console null if there is none
   */
  record OfConsole(@Nullable Console console) implements Terminal {
    /** Returns the console if it is a terminal, which it need not be since Java 22; else null. */
    @SuppressWarnings("SystemConsoleNull") // The result is checked for being a terminal.
    private static @Nullable Console find() {
      Console console = System.console();
      try {
        return console == null || Boolean.TRUE.equals(isTerminal(console)) ? console : null;
      } catch (NoSuchMethodException e) {
        return console;
      } catch (ReflectiveOperationException e) {
        return null;
      }
    }

    private static Object isTerminal(Console console) throws ReflectiveOperationException {
      return Console.class.getMethod("isTerminal").invoke(console);
    }

    @Override
    public boolean isInteractive() {
      return console != null;
    }

    @Override
    public int width() {
      return console == null ? Integer.MAX_VALUE : TerminalWidth.find(System.getenv("COLUMNS"));
    }

    /** Follows no-color.org. */
    @Override
    public boolean hasColor() {
      String unwanted = System.getenv("NO_COLOR");
      String type = System.getenv("TERM");
      return console != null
          && (unwanted == null || unwanted.isEmpty())
          && type != null
          && !type.equals("dumb");
    }

    @Override
    public @Nullable String prompt(String question) {
      return console == null ? null : console.readLine("%s", question);
    }

    @Override
    public @Nullable String promptSecret(String question) {
      char[] typed = console == null ? null : console.readPassword("%s", question);
      return typed == null ? null : String.valueOf(typed);
    }
  }
}
