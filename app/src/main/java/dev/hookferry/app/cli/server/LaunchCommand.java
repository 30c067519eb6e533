package dev.hookferry.app.cli.server;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;

/** The command that started this program, for examples that a user can paste. */
final class LaunchCommand {
  /** Set by the launchers to their own path. */
  static final String PROPERTY = "hookferry.command";

  private static final String JAR = ".jar";

  private LaunchCommand() {}

  /**
   * Returns the command without its arguments, such as {@code bin/hookferry} or {@code java -jar
   * app/target/hookferry.jar}.
   *
   * @param properties the system properties
   * @param searchPath the folders that a shell searches for commands; may be empty
   */
  static String of(Properties properties, String searchPath) {
    String launcher = properties.getProperty(PROPERTY, "");
    if (!launcher.isEmpty()) {
      return quoted(isFound(Path.of(launcher), searchPath) ? "hookferry" : launcher);
    }
    String started = properties.getProperty("sun.java.command", "");
    int end = started.indexOf(JAR + " ");
    return "java -jar " + (end < 0 ? "hookferry.jar" : quoted(started.substring(0, end) + JAR));
  }

  /** Returns whether a shell finds the launcher by its name alone. */
  private static boolean isFound(Path launcher, String searchPath) {
    Path folder = launcher.getParent();
    return launcher.isAbsolute()
        && launcher.endsWith("hookferry")
        && Arrays.stream(searchPath.split(File.pathSeparator))
            .anyMatch(one -> !one.isEmpty() && Path.of(one).equals(folder));
  }

  private static String quoted(String path) {
    return path.matches("[\\w./:\\\\@+-]+") ? path : '"' + path + '"';
  }
}
