package dev.hookferry.app.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this jar. */
public final class Version {
  private static final String TEXT = read();

  private Version() {}

  /** Returns the version, such as {@code 0.1.0}; never empty. */
  public static String text() {
    return TEXT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("hookferry.properties")) {
      properties.load(Objects.requireNonNull(in, "hookferry.properties is not in this jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
