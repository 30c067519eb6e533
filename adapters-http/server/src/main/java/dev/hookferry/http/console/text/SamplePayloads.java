package dev.hookferry.http.console.text;

import dev.hookferry.catalog.QlmEventTypes;
import dev.hookferry.id.EventType;

/** Sample objects to start from, for event types that have no example. */
public final class SamplePayloads {
  private static final String OWN = "{\n  \"Name\": \"a sample\",\n  \"Amount\": 12.50\n}\n";

  private SamplePayloads() {}

  /** Returns the sample of a type; event types of a site share one sample. */
  public static String of(String type) {
    return QlmEventTypes.example(new EventType(type)).orElse(OWN);
  }
}
