package dev.hookferry.http.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.Times;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problems;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as far as its envelope was read. */
final class EventDraft {
  private static final List<String> FIELDS = List.of("type", "data", "id", "occurredAt");

  /** After so many unknown fields it is some other document. */
  private static final int MOST_UNKNOWN = 16;

  private final String at;
  private final Problems problems;
  private int seen;
  private int unknown;
  private @Nullable EventType type;
  private @Nullable Payload data;
  private @Nullable EventId id;
  private @Nullable Instant occurredAt;

  /**
   * An empty draft.
   *
   * @param at where it stands in a batch, or empty
   * @param problems what is wrong with it goes there
   */
  EventDraft(String at, Problems problems) {
    this.at = at;
    this.problems = problems;
  }

  /** How a field is called in a refusal. */
  String field(String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  /** Whether a field is to be read: it is a known one, seen for the first time. */
  boolean begin(String name) {
    int index = FIELDS.indexOf(name);
    if (index < 0) {
      String shown = CallerText.text(name);
      problems.add(field(shown), "is no known field" + Nearest.hint(shown, FIELDS));
      if (++unknown == MOST_UNKNOWN) {
        problems.throwIfAny();
      }
      return false;
    }
    boolean first = (seen & 1 << index) == 0;
    problems.require(first, field(name), "is there twice");
    seen |= 1 << index;
    return first;
  }

  /** Takes a field's value, whose first token is the parser's current one. */
  void read(String name, JsonParser parser, byte[] source) throws IOException {
    if (name.equals("data")) {
      data = DataSlice.cut(parser, source, field(name));
      return;
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      take(name, parser.getText());
      return;
    }
    // Serializers that write null for what is not set mean the same as if it were not there.
    if (token != JsonToken.VALUE_NULL || name.equals("type")) {
      problems.add(field(name), "must be a text");
    }
    parser.skipChildren();
  }

  /** The event, or null if something is wrong with it. */
  @Nullable NewEvent done(@Nullable String key) {
    requireSeen("type", "is missing: which event type it is");
    requireSeen("data", "is missing: the affected object");
    return type == null || data == null ? null : new NewEvent(type, data, id, occurredAt, key);
  }

  private void take(String name, String text) {
    switch (name) {
      case "type" -> type = problems.collect(at, () -> new EventType(text));
      case "id" -> id = problems.collect(at, () -> new EventId(text));
      default -> {
        occurredAt = Times.parse(text).orElse(null);
        problems.require(occurredAt != null, field(name), Times.FORM);
      }
    }
  }

  private void requireSeen(String name, String reason) {
    problems.require((seen & 1 << FIELDS.indexOf(name)) != 0, field(name), reason);
  }
}
