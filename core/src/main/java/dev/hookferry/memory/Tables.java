package dev.hookferry.memory;

import dev.hookferry.delivery.Attempt;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All that a store holds but its configuration. Whoever looks or writes holds its monitor. */
final class Tables {
  final EventTable events = new EventTable();
  final DeliveryTable deliveries = new DeliveryTable();

  /** By the text of the id, which sorts by time. */
  final NavigableMap<String, Attempt> attempts = new TreeMap<>();
}
