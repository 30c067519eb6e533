package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.observe.OwnFault;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the replying node's own failures as JSON. */
public final class OwnFaultJson {
  /** A failure with the reason that the caller may see. */
  public static final ResponseShape<Shown> FAULT =
      ResponseShape.<Shown>of("OwnFault")
          .saying(
              "A recurring failure of the replying node, not of a receiver. It uses up no"
                  + " attempts.")
          .always(
              FieldSpec.of(
                  "kind",
                  FieldKind.choice(
                      Stream.of(OwnFault.Kind.values())
                          .map(OwnFault.Kind::code)
                          .toArray(String[]::new)),
                  "resolver: host names cannot be resolved; node: requests fail before they reach"
                      + " the receiver; store: the store does not respond."),
              shown -> shown.fault().kind().code())
          .always(
              FieldSpec.of(
                  "reason",
                  FieldKind.text(),
                  "Message of the last failure; /healthz has only a summary."),
              Shown::reason)
          .always(
              FieldSpec.of("count", FieldKind.whole(1, Integer.MAX_VALUE), "Number of failures."),
              shown -> shown.fault().count())
          .always(
              FieldSpec.of("since", FieldKind.time(), "Time of the first failure."),
              shown -> shown.fault().since())
          .always(
              FieldSpec.of("at", FieldKind.time(), "Time of the last failure."),
              shown -> shown.fault().at());

  private OwnFaultJson() {}

  /** A failure, with its message or a summary of it. */
  public record Shown(OwnFault fault, String reason) {}

  /** Returns a failure with its message; null for null. */
  static JsonOutput.@Nullable Writing of(@Nullable OwnFault fault) {
    return fault == null ? null : JsonOutput.one(FAULT, new Shown(fault, fault.reason()));
  }

  /**
   * Writes the fields {@code delivery} and {@code faults}.
   *
   * @param detailed whether to include the last message, which may name hosts
   */
  static void condition(JsonGenerator json, NodeCondition condition, boolean detailed)
      throws IOException {
    json.writeStringField("delivery", condition.deliveryStatus());
    json.writeArrayFieldStart("faults");
    for (OwnFault fault : condition.faults()) {
      FAULT.write(json, new Shown(fault, detailed ? fault.reason() : fault.kind().summary()));
    }
    json.writeEndArray();
  }
}
