package dev.hookferry.http.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.EventFields;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.wire.Times;
import dev.hookferry.refusal.Problems;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The optional fields of an event that is being read. */
final class OptionsDraft {
  private static final String LABELS = EventFields.LABELS.name();
  private static final String TO = EventFields.TO.name();
  private static final String DELIVER_AT = EventFields.DELIVER_AT.name();
  private static final String ORDERING_KEY = EventFields.ORDERING_KEY.name();
  private static final String ROUTING = EventFields.ROUTING.name();
  private static final String SUBJECT = EventFields.SUBJECT.name();
  private static final String TRACEPARENT = EventFields.TRACEPARENT.name();
  private static final String TRACESTATE = EventFields.TRACESTATE.name();
  private static final Set<String> FIELDS =
      Set.of(LABELS, TO, DELIVER_AT, ORDERING_KEY, ROUTING, SUBJECT, TRACEPARENT, TRACESTATE);

  private final Problems problems;
  private final Map<String, Map<String, String>> pairs = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private @Nullable List<String> to;
  private @Nullable Instant deliverAt;

  /**
   * Creates an empty draft.
   *
   * @param problems receives the errors in the fields
   */
  OptionsDraft(Problems problems) {
    this.problems = problems;
  }

  /** Returns whether this is the name of an optional field. */
  static boolean has(String name) {
    return FIELDS.contains(name);
  }

  /**
   * Reads a field's value, whose first token is the parser's current one; null means absent.
   *
   * @param field the field's name in error messages
   */
  void read(String name, String field, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (name.equals(LABELS) || name.equals(ROUTING)) {
      pairs.put(name, pairs(field, parser));
    } else if (name.equals(TO)) {
      to = list(field, parser);
    } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
      problems.add(field, "must be a string");
      parser.skipChildren();
    } else if (name.equals(DELIVER_AT)) {
      deliverAt = Times.parse(parser.getText()).orElse(null);
      problems.require(deliverAt != null, field, Times.FORM);
    } else {
      texts.put(name, parser.getText());
    }
  }

  private Map<String, String> pairs(String field, JsonParser parser) throws IOException {
    Map<String, String> read = new LinkedHashMap<>();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      problems.add(field, "must be a JSON object of strings");
      parser.skipChildren();
      return read;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        problems.add(field, "must have strings as values");
        parser.skipChildren();
      } else if (read.put(name, parser.getText()) != null) {
        problems.add(field, "must not repeat a name");
      }
    }
    return read;
  }

  /** Returns the list, or null if there is a problem. */
  private @Nullable List<String> list(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      problems.add(field, "must be an array of strings");
      parser.skipChildren();
      return null;
    }
    List<String> read = new ArrayList<>();
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        read.add(parser.getText());
      } else {
        problems.add(field + "[" + index + "]", "must be a string");
        parser.skipChildren();
      }
      index++;
    }
    return read.size() == index ? read : null;
  }

  private NewEvent traced(NewEvent event) {
    String parent = texts.get(TRACEPARENT);
    String state = texts.get(TRACESTATE);
    NewEvent traced = parent == null ? event : event.traceparent(parent);
    return state == null ? traced : traced.tracestate(state);
  }

  /**
   * Returns an event with the fields that were read.
   *
   * @throws dev.hookferry.refusal.InvalidException naming every invalid field
   */
  NewEvent addTo(NewEvent event) {
    Problems found = new Problems();
    NewEvent all = event;
    for (Map.Entry<String, Map<String, String>> one : pairs.entrySet()) {
      Map<String, String> values = one.getValue();
      boolean isLabels = one.getKey().equals(LABELS);
      all = with(found, all, e -> isLabels ? e.labels(values) : e.routing(values));
    }
    String key = texts.get(ORDERING_KEY);
    all = key == null ? all : with(found, all, e -> e.orderingKey(key));
    String subject = texts.get(SUBJECT);
    all = subject == null ? all : with(found, all, e -> e.subject(subject));
    all = with(found, all, this::traced);
    List<String> endpoints = to;
    all = endpoints == null ? all : with(found, all, e -> e.to(endpoints));
    Instant due = deliverAt;
    all = due == null ? all : with(found, all, e -> e.deliverAt(due));
    found.throwIfAny();
    return all;
  }

  /** Returns the changed event, or the original if the change is refused. */
  private static NewEvent with(Problems found, NewEvent event, UnaryOperator<NewEvent> change) {
    NewEvent changed = found.collect("", () -> change.apply(event));
    return changed == null ? event : changed;
  }
}
