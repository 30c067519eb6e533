package dev.hookferry.app.config;

/**
 * Where a value came from, so that a person finds it again.
 *
 * @param level how it ranks
 * @param place the file with the line, the variable or the flag
 */
public record Origin(Level level, String place) {
  /** What nobody configured. */
  public static final Origin DEFAULT = new Origin(Level.DEFAULT, "default");

  /** From weak to strong: a later one wins over an earlier one. */
  public enum Level {
    /** Built in. */
    DEFAULT,
    /** In the configuration file. */
    FILE,
    /** In the environment of the process. */
    ENVIRONMENT,
    /** On the command line. */
    FLAG
  }

  static Origin file(Object path, int line) {
    return new Origin(Level.FILE, path + " line " + line);
  }

  static Origin file(Object path) {
    return new Origin(Level.FILE, path.toString());
  }

  static Origin variable(String name) {
    return new Origin(Level.ENVIRONMENT, "variable " + name);
  }

  static Origin flag(String name) {
    return new Origin(Level.FLAG, "flag " + name);
  }

  @Override
  public String toString() {
    return place;
  }
}
