package dev.hookferry.app.config.reading;

/**
 * Where a value came from, so that a person finds it again.
 *
 * @param level how it ranks
 * @param place the file with the line, the variable or the flag
 */
public record ValueOrigin(Level level, String place) {
  /** What nobody configured. */
  public static final ValueOrigin DEFAULT = new ValueOrigin(Level.DEFAULT, "default");

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

  static ValueOrigin file(Object path, int line) {
    return new ValueOrigin(Level.FILE, path + " line " + line);
  }

  static ValueOrigin file(Object path) {
    return new ValueOrigin(Level.FILE, path.toString());
  }

  static ValueOrigin variable(String name) {
    return new ValueOrigin(Level.ENVIRONMENT, "variable " + name);
  }

  static ValueOrigin flag(String name) {
    return new ValueOrigin(Level.FLAG, "flag " + name);
  }

  @Override
  public String toString() {
    return place;
  }
}
