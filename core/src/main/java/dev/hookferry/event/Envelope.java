package dev.hookferry.event;

import dev.hookferry.id.EventType;
import dev.hookferry.refusal.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON wrapper that a site puts around the affected object. The object's bytes are copied
 * unchanged; the wrapper itself contains no whitespace.
 *
 * <p>QLM documents only that the payload holds the affected object and the event type, so Hookferry
 * chose the outer names of the {@code QLM} style and lets sites change them.
 *
 * @param style the layout of the envelope
 * @param typeField the name that carries the event type in style {@code QLM}
 * @param licenseField the name that carries the object of license events in style {@code QLM}
 * @param customerField the name that carries the object of customer events in style {@code QLM}
 */
public record Envelope(Style style, String typeField, String licenseField, String customerField) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final String TIME_FIELD = "EventTime";

  /** Beginning of a payload in style STANDARD or QLM, with any names of the QLM fields. */
  private static final Pattern HEAD =
      Pattern.compile(
          "\\{\"(?:type\":\"([^\"]*)\",\"timestamp\":\"([^\"]*)\",\"data|"
              + (NAME + "\":\"([^\"]*)\",\"" + TIME_FIELD + "\":\"([^\"]*)\",\"" + NAME)
              + ")\":");

  /** Number of bytes in which to look for {@link #HEAD}. */
  private static final int MAX_HEAD = 512;

  private static final String OTHER_FIELD = "Data";

  /** The envelope of a new site. */
  public static final Envelope DEFAULT =
      new Envelope(Style.QLM, "EventType", "LicenseInfo", "CustomerInfo");

  /** The available layouts. */
  public enum Style {
    /** {@code {"EventType":…,"EventTime":…,"LicenseInfo":{…}}}. */
    QLM,
    /** The object alone, without an envelope. */
    RAW,
    /** {@code {"type":…,"timestamp":…,"data":{…}}}. */
    STANDARD
  }

  public Envelope {
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(typeField, "typeField");
    Objects.requireNonNull(licenseField, "licenseField");
    Objects.requireNonNull(customerField, "customerField");
    Problems problems = new Problems();
    requireName(problems, "qlmEventTypeField", typeField, List.of(licenseField, customerField));
    requireName(problems, "qlmLicenseField", licenseField, List.of());
    requireName(problems, "qlmCustomerField", customerField, List.of());
    problems.throwIfAny();
  }

  /**
   * Builds the payload of an event. Every payload is built here, so only valid JSON is ever sent.
   *
   * @param data the affected object, copied byte for byte
   * @throws dev.hookferry.refusal.InvalidException if {@code data} is not exactly one JSON value;
   *     see {@link JsonValidator}
   */
  public Payload wrap(EventType type, Instant occurredAt, Payload data) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(data, "data");
    JsonValidator.require("data", data);
    return switch (style) {
      case RAW -> data;
      case STANDARD, QLM -> splice(head(type, occurredAt), data);
    };
  }

  /** Returns a copy with another layout and the same field names. */
  public Envelope as(Style style) {
    return new Envelope(style, typeField, licenseField, customerField);
  }

  /**
   * Builds the payload of a stored event in this envelope, whatever envelope it was stored with.
   * Copies the data byte for byte.
   */
  public Payload rewrap(Event event) {
    Objects.requireNonNull(event, "event");
    Payload data = dataOf(event);
    return style == Style.RAW ? data : splice(head(event.type(), event.occurredAt()), data);
  }

  /**
   * Extracts the data that {@link #wrap} put into a payload of any style.
   *
   * @param size the size of the data in bytes
   */
  public static Payload dataOf(Payload payload, int size) {
    Objects.requireNonNull(payload, "payload");
    if (size == payload.size()) {
      return payload;
    }
    int end = payload.size() - 1;
    return Payload.wrap(Arrays.copyOfRange(payload.unsafeBytes(), end - size, end));
  }

  /**
   * Extracts the data from the payload of an event, whatever envelope its site had then or has now.
   */
  public static Payload dataOf(Event event) {
    Objects.requireNonNull(event, "event");
    Payload payload = event.payload();
    int head =
        event.options().unwrapped()
            ? 0
            : head(event.type(), event.occurredAt(), payload.unsafeBytes());
    return head == 0 ? payload : dataOf(payload, payload.size() - head - 1);
  }

  /**
   * Returns whether data without an envelope looks like one; its event must then be flagged as
   * {@link EventOptions#unwrapped}.
   */
  public static boolean looksWrapped(EventType type, Instant occurredAt, Payload data) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(data, "data");
    return head(type, occurredAt, data.unsafeBytes()) > 0;
  }

  /** Returns the number of bytes before the data; 0 if the payload has no envelope. */
  private static int head(EventType type, Instant occurredAt, byte[] json) {
    int length = Math.min(json.length, MAX_HEAD);
    Matcher head = HEAD.matcher(new String(json, 0, length, StandardCharsets.ISO_8859_1));
    if (!head.lookingAt() || json[json.length - 1] != '}') {
      return 0;
    }
    boolean standard = head.group(1) != null;
    return head.group(standard ? 1 : 3).equals(type.name())
            && head.group(standard ? 2 : 4).equals(TimeText.of(occurredAt))
        ? head.end()
        : 0;
  }

  /**
   * Returns the JSON Schema of payloads, given that of the data.
   *
   * @param dataSchema a JSON Schema
   */
  public String schema(EventType type, String dataSchema) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(dataSchema, "dataSchema");
    return switch (style) {
      case RAW -> dataSchema;
      case STANDARD -> schema("type", type, "timestamp", "data", dataSchema);
      case QLM -> schema(typeField, type, TIME_FIELD, objectField(type), dataSchema);
    };
  }

  private static String schema(
      String typeName, EventType type, String timeName, String dataName, String dataSchema) {
    return """
        {"type":"object","required":["%1$s","%3$s","%4$s"],"properties":{"%1$s":{"const":"%2$s"},\
        "%3$s":{"type":"string","format":"date-time"},"%4$s":%5$s}}"""
        .formatted(typeName, type, timeName, dataName, dataSchema);
  }

  /** Returns the beginning of a payload, up to the data. */
  private String head(EventType type, Instant occurredAt) {
    return style == Style.STANDARD
        ? head("type", type, "timestamp", occurredAt) + "\"data\":"
        : head(typeField, type, TIME_FIELD, occurredAt) + '"' + objectField(type) + "\":";
  }

  /** Returns the path in a payload to a field of its data, such as {@code data.order.id}. */
  public String pathTo(EventType type, String field) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(field, "field");
    return switch (style) {
      case RAW -> field;
      case STANDARD -> "data." + field;
      case QLM -> objectField(type) + "." + field;
    };
  }

  private String objectField(EventType type) {
    if (EventCatalog.LICENSE_EVENTS.contains(type)) {
      return licenseField;
    }
    return EventCatalog.CUSTOMER_EVENTS.contains(type) ? customerField : OTHER_FIELD;
  }

  private static String head(String typeName, EventType type, String timeName, Instant time) {
    String written = TimeText.of(time);
    return "{\"" + typeName + "\":\"" + type + "\",\"" + timeName + "\":\"" + written + "\",";
  }

  private static Payload splice(String head, Payload data) {
    byte[] begin = head.getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(begin, begin.length + data.size() + 1);
    System.arraycopy(data.unsafeBytes(), 0, whole, begin.length, data.size());
    whole[whole.length - 1] = '}';
    return Payload.wrap(whole);
  }

  private static void requireName(
      Problems problems, String setting, String name, List<String> others) {
    problems.require(
        NAME.matcher(name).matches(), setting, "must be a letter or _, then letters, digits or _");
    problems.require(
        !others.contains(name) && !name.equals(TIME_FIELD) && !name.equals(OTHER_FIELD),
        setting,
        "is already the name of another envelope field; choose a different name");
  }
}
