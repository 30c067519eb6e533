package dev.hookferry.app.config.reading;

/**
 * The origin of a value.
 *
 * @param level the precedence of the source
 * @param place the file with the line, the variable or the flag
 */
public record ValueOrigin(Level level, String place) {
  /** The origin of default values. */
  public static final ValueOrigin DEFAULT = new ValueOrigin(Level.DEFAULT, "default");

  /** Sources in increasing precedence. */
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
