package dev.hookferry.http.resource;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.observe.OwnFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The replying node's own failures as the API returns them. */
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
                  FieldKind.choice(OwnFault.Kind.class, OwnFault.Kind::code),
                  "resolver: host names cannot be resolved; node: requests fail before they reach"
                      + " the receiver; store: the store does not respond, or has no room for new"
                      + " events."),
              shown -> shown.fault().kind().code())
          .always(
              FieldSpec.of(
                  "reason",
                  FieldKind.text(),
                  "Message of the last failure; /healthz has only a summary."),
              Shown::reason)
          .always(
              FieldSpec.of("count", FieldKind.integer(1, Integer.MAX_VALUE), "Number of failures."),
              shown -> shown.fault().count())
          .always(
              FieldSpec.of("since", FieldKind.time(), "Time of the first failure."),
              shown -> shown.fault().since())
          .always(
              FieldSpec.of("at", FieldKind.time(), "Time of the last failure."),
              shown -> shown.fault().at());

  /** The condition of the replying node: whether it sends, and its recent failures. */
  public static final ResponseShape<ShownCondition> CONDITION =
      ResponseShape.<ShownCondition>of("NodeCondition")
          .always(
              FieldSpec.of(
                  "delivery",
                  FieldKind.choice("on", "off"),
                  "Whether the replying node sends; `off` with noDelivery, or with an outbound"
                      + " policy that allows nothing."),
              ShownCondition::delivery)
          .always(
              FieldSpec.of(
                  "faults",
                  FAULT.asList(),
                  "Failures of the replying node in the last five minutes that have not recovered"
                      + " since; latest first."),
              condition -> FAULT.list(condition.faults()));

  private OwnFaultJson() {}

  /** A failure, with its message or a summary of it. */
  public record Shown(OwnFault fault, String reason) {}

  /** The condition of the replying node, with the reasons that the caller may see. */
  public record ShownCondition(String delivery, List<Shown> faults) {
    /**
     * Returns the condition of this node.
     *
     * @param detailed whether to include the last message, which may name hosts
     */
    static ShownCondition of(NodeCondition condition, boolean detailed) {
      return new ShownCondition(
          condition.deliveryStatus(),
          condition.faults().stream()
              .map(fault -> new Shown(fault, detailed ? fault.reason() : fault.summary()))
              .toList());
    }
  }

  /** Returns a failure with its message; null for null. */
  static JsonOutput.@Nullable Writing of(@Nullable OwnFault fault) {
    return fault == null ? null : FAULT.json(new Shown(fault, fault.reason()));
  }
}
