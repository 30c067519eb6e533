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

/** Realistic sample objects, one for each QLM event type. */
public final class SamplePayloads {
  private static final Map<String, String> OF_QLM =
      EventCatalog.QLM_EVENTS.stream()
          .collect(Collectors.toUnmodifiableMap(EventType::name, type -> read(type.name())));
  private static final String OWN = "{\n  \"Name\": \"a sample\",\n  \"Amount\": 12.50\n}\n";

  private SamplePayloads() {}

  /** Returns the sample of a type; event types of a site share one sample. */
  public static String of(String type) {
    return OF_QLM.getOrDefault(type, OWN);
  }

  private static String read(String type) {
    String name = "samples/" + type + ".json";
    try (InputStream in = SamplePayloads.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is missing from the jar or unreadable", e);
    }
  }
}
