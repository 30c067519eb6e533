package dev.hookferry.app.cli.io;

import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The person at the terminal, who can be asked. */
public interface Terminal {
  /** Whether there is one; not if standard input or output is a file or a pipe. */
  boolean isThere();

  /** Asks a question; null at the end of the input. */
  @Nullable String ask(String question);

  /** Asks for something that is not shown while it is typed; null at the end of the input. */
  @Nullable String askSecretly(String question);

  /** Asks whether to go on; anything but yes means no. */
  default boolean agrees(String question) {
    String reply = ask(question + " [y/N] ");
    return reply != null && reply.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /** The terminal of this process. */
  static Terminal ofProcess() {
    return new OfConsole(OfConsole.find());
  }

  /**
   * The terminal that Java knows.
   *
   * @param console null if there is none
   */
  record OfConsole(@Nullable Console console) implements Terminal {
    /** From Java 22 on there may be a console without a terminal. */
    @SuppressWarnings("SystemConsoleNull") // What it returns is asked whether it is a terminal.
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
    public boolean isThere() {
      return console != null;
    }

    @Override
    public @Nullable String ask(String question) {
      return console == null ? null : console.readLine("%s", question);
    }

    @Override
    public @Nullable String askSecretly(String question) {
      char[] typed = console == null ? null : console.readPassword("%s", question);
      return typed == null ? null : String.valueOf(typed);
    }
  }
}
