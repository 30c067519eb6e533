package dev.hookferry.catalog;

import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Built-in descriptions and realistic example data of QLM's event types. */
public final class QlmEventTypes {
  private static final Map<EventType, String> EXAMPLES =
      EventCatalog.QLM_EVENTS.stream()
          .collect(Collectors.toUnmodifiableMap(type -> type, QlmEventTypes::read));

  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "license_activated",
          "A license was activated on a computer.",
          "license_created",
          "A license was created.",
          "license_deleted",
          "A license was deleted.",
          "license_modified",
          "The properties of a license were changed.",
          "license_released",
          "A license was released from a computer and can be activated on another one.",
          "customer_created",
          "A customer was created.",
          "customer_deleted",
          "A customer was deleted.",
          "customer_modified",
          "The properties of a customer were changed.");

  private QlmEventTypes() {}

  /** Returns the description of a built-in type; empty for any other. */
  public static String description(EventType type) {
    Objects.requireNonNull(type, "type");
    return DESCRIPTIONS.getOrDefault(type.name(), "");
  }

  /** Returns realistic data as JSON; empty for a type other than QLM's. */
  public static Optional<String> example(EventType type) {
    Objects.requireNonNull(type, "type");
    return Optional.ofNullable(EXAMPLES.get(type));
  }

  private static String read(EventType type) {
    String name = type + ".json";
    try (InputStream in = QlmEventTypes.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is missing from the jar or cannot be read", e);
    }
  }
}
