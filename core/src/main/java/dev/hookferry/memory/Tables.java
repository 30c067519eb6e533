package dev.hookferry.memory;

import dev.hookferry.delivery.Attempt;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All data of an in-memory store except its configuration. Guarded by its own monitor. */
final class Tables {
  final EventTable events = new EventTable();
  final DeliveryTable deliveries = new DeliveryTable();

  /** Keyed by the id's text, which sorts by time. */
  final NavigableMap<String, Attempt> attempts = new TreeMap<>();
}
