package dev.hookferry.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Realistic sample events, one per QLM event type, as complete publish bodies. */
final class DemoEvents {
  private DemoEvents() {}

  /** Returns the sample of an event type. */
  static byte[] of(String type) {
    String name = type + ".json";
    try (InputStream in = DemoEvents.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name + " is not in this jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
