package dev.hookferry.body;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The format of the body of requests to an endpoint. */
public enum BodyFormat {
  /** The data alone, as published. */
  RAW,
  /** QLM's envelope around the data, with the field names that the site has configured. */
  QLM,
  /** The envelope of Standard Webhooks around the data. */
  STANDARD,
  /** A CloudEvent 1.0 in JSON, or in HTTP's binary mode. */
  CLOUDEVENTS,
  /** The event's id and type, without its data. */
  THIN,
  /** A message for a Slack incoming webhook. */
  SLACK,
  /** A message with an Adaptive Card for a webhook of Microsoft Teams. */
  TEAMS,
  /** A message for a webhook of Discord. */
  DISCORD,
  /** The event as rendered by a {@link BodyTemplate}. */
  TEMPLATE,
  /** The event as converted by a {@link BodyMapper}. */
  MAPPER;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** Returns the lower-case name used in the API, such as {@code cloudevents}. */
  public String code() {
    return code;
  }

  /** Parses the name used in the API; empty if it is unknown. */
  public static Optional<BodyFormat> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(format -> format.code().equals(word)).findFirst();
  }
}
