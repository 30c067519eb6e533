package dev.hookferry.http.console.text;

import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Realistic objects, one for each of QLM's event types. */
public final class SamplePayloads {
  private static final Map<String, String> OF_QLM =
      EventCatalog.QLM_EVENTS.stream()
          .collect(Collectors.toUnmodifiableMap(EventType::name, type -> read(type.name())));
  private static final String OWN = "{\n  \"Name\": \"a sample\",\n  \"Amount\": 12.50\n}\n";

  private SamplePayloads() {}

  /** The sample of a type; types of a site's own all have the same. */
  public static String of(String type) {
    return OF_QLM.getOrDefault(type, OWN);
  }

  private static String read(String type) {
    String name = "samples/" + type + ".json";
    try (InputStream in = SamplePayloads.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be read from the jar", e);
    }
  }
}
