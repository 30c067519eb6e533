package dev.hookferry.http.console.events;

import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.text.KeyValueLines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An optional field of an event, as shown on its page. */
public record EventOptionFact(String name, String text) {
  /** Returns the fields that an event has. */
  static List<EventOptionFact> of(Event event, EndpointList targets) {
    EventOptions options = event.options();
    List<EventOptionFact> facts = new ArrayList<>();
    add(facts, "Labels", KeyValueLines.of(options.labels()));
    add(
        facts,
        "Addressed to",
        options.to().stream()
            .map(id -> targets.find(id).map(e -> e.url().text()).orElse(id.toString()))
            .collect(Collectors.joining("\n")));
    add(facts, "Send at", options.deliverAt());
    add(facts, "Ordering key", options.orderingKey());
    add(facts, "Routing", KeyValueLines.of(options.routing()));
    add(facts, "Subject (hash)", options.subject());
    add(facts, "Schema", options.schemaProblem());
    add(facts, "Search fields", KeyValueLines.of(options.searchFields()));
    add(facts, "Trace", options.trace() == null ? null : options.trace().text());
    return facts;
  }

  private static void add(List<EventOptionFact> facts, String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      facts.add(new EventOptionFact(name, value.toString()));
    }
  }
}
