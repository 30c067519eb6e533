package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.OutboxConfig;
import java.util.List;

/** The configuration key of outboxes, whose values may be objects in the file. */
final class OutboxKeys {
  static final ConfigKey<List<OutboxConfig>> OUTBOXES =
      new ConfigKey<>(
          "outboxes",
          OutboxConfig.FORM,
          "",
          "--outbox",
          "Databases with an outbox table to relay events from; a flag may be repeated.");

  private OutboxKeys() {}
}
