package dev.hookferry.body;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Encoder of events as CloudEvents 1.0. */
final class CloudEventBody {
  private static final String CONTENT_TYPE = "application/cloudevents+json";
  private static final String PREFIX = "ce-";

  private CloudEventBody() {}

  /** Returns one JSON object with attributes and data; the data is copied byte for byte. */
  static MappedBody structured(Event event) {
    JsonBuffer out = new JsonBuffer(Integer.MAX_VALUE).json("{");
    attributes(event).forEach((name, value) -> out.text(name).json(":").text(value).json(","));
    Payload body =
        out.json("\"datacontenttype\":\"application/json\",\"data\":")
            .json(Envelope.dataOf(event))
            .json("}")
            .end();
    return MappedBody.of(CONTENT_TYPE, body);
  }

  /** Returns the data as body, and the attributes in headers. */
  static MappedBody binary(Event event) {
    Map<String, String> headers = new LinkedHashMap<>();
    attributes(event).forEach((name, value) -> headers.put(PREFIX + name, value));
    return MappedBody.json(Envelope.dataOf(event)).with(Collections.unmodifiableMap(headers));
  }

  /** Returns whether binary mode uses headers with this prefix, in any case: {@code ce-}. */
  static boolean isHeader(String name) {
    return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /** Returns the attributes. Their values are ASCII and need no escaping in headers. */
  private static Map<String, String> attributes(Event event) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", event.id().value());
    attributes.put("source", "/sites/" + event.site().value());
    attributes.put("type", event.type().name());
    attributes.put("time", event.occurredAt().truncatedTo(ChronoUnit.MILLIS).toString());
    return attributes;
  }
}
