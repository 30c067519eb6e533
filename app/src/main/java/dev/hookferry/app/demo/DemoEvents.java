package dev.hookferry.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Realistic events, one of each of QLM's types: whole bodies of a publish. */
final class DemoEvents {
  private DemoEvents() {}

  /** The sample of a type, byte for byte. */
  static byte[] of(String type) {
    String name = type + ".json";
    try (InputStream in = DemoEvents.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name + " is not in this jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
