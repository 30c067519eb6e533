package dev.hookferry.http.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.EventFields;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.http.wire.Times;
import dev.hookferry.http.wire.UnknownField;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.Problems;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event whose envelope is being read. */
final class EventDraft {
  private static final List<String> FIELDS = EventFields.NEW.names();
  private static final String TYPE = EventFields.TYPE.name();
  private static final String DATA = EventFields.DATA.name();
  private static final String ID = EventFields.ID.name();

  /**
   * Number of unknown fields after which the document is assumed not to be an event and is
   * rejected.
   */
  private static final int MAX_UNKNOWN = 16;

  private final String at;
  private final Problems problems;
  private int seen;
  private int unknown;
  private @Nullable EventType type;
  private @Nullable Payload data;
  private @Nullable EventId id;
  private @Nullable Instant occurredAt;
  private @Nullable OptionsDraft options;

  /**
   * Creates an empty draft.
   *
   * @param at the event's position in a batch, or empty
   * @param problems receives the event's errors
   */
  EventDraft(String at, Problems problems) {
    this.at = at;
    this.problems = problems;
  }

  /** Returns a field's name as error messages show it. */
  String field(String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  /** Returns whether to read a field: it must be known and occur for the first time. */
  boolean begin(String name) {
    int index = FIELDS.indexOf(name);
    if (index < 0) {
      problems.add(UnknownField.of(at.isEmpty() ? "" : at + ".", name, FIELDS));
      if (++unknown == MAX_UNKNOWN) {
        problems.throwIfAny();
      }
      return false;
    }
    boolean first = (seen & 1 << index) == 0;
    problems.require(first, field(name), "is given twice");
    seen |= 1 << index;
    return first;
  }

  /** Reads a field's value, whose first token is the parser's current one. */
  void read(String name, JsonParser parser, byte[] source) throws IOException {
    if (name.equals(DATA)) {
      data = DataSlice.cut(parser, source, field(name));
      return;
    }
    if (OptionsDraft.has(name)) {
      options = options == null ? new OptionsDraft(problems) : options;
      options.read(name, field(name), parser);
      return;
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      take(name, parser.getText());
      return;
    }
    // Null counts as absent, because some serializers write null for unset fields.
    if (token != JsonToken.VALUE_NULL || name.equals(TYPE)) {
      problems.add(field(name), "must be a string");
    }
    parser.skipChildren();
  }

  /** Returns the event, or null if problems prevent its creation. */
  @Nullable NewEvent done(@Nullable String key) {
    requireSeen(TYPE, "is missing: the event type");
    requireSeen(DATA, "is missing: the affected object");
    if (type == null || data == null) {
      return null;
    }
    NewEvent event = NewEvent.of(type, data);
    event = id == null ? event : event.id(id);
    event = occurredAt == null ? event : event.occurredAt(occurredAt);
    event = key == null ? event : event.idempotencyKey(key);
    return options == null ? event : withOptions(event, options);
  }

  private @Nullable NewEvent withOptions(NewEvent event, OptionsDraft given) {
    return problems.collect(at, () -> given.addTo(event));
  }

  private void take(String name, String text) {
    if (name.equals(TYPE)) {
      type = problems.collect(at, () -> new EventType(text));
    } else if (name.equals(ID)) {
      id = problems.collect(at, () -> new EventId(text));
    } else {
      occurredAt = Times.parse(text).orElse(null);
      problems.require(occurredAt != null, field(name), Times.FORM);
    }
  }

  private void requireSeen(String name, String reason) {
    problems.require((seen & 1 << FIELDS.indexOf(name)) != 0, field(name), reason);
  }
}
