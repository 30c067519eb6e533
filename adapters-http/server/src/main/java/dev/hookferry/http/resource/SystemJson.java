package dev.hookferry.http.resource;

import dev.hookferry.Hookferry;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.store.StoreInfo;
import java.util.Map;

/** The server as the API describes it. */
public final class SystemJson {
  private static final String API = "/api/v1";
  private static final String OPENAPI = "/openapi.json";
  private static final String HEALTHZ = "/healthz";
  private static final String READYZ = "/readyz";
  private static final String METRICS = "/metrics";

  /** The entry points. */
  public static final ResponseShape<Hookferry> INDEX =
      ResponseShape.<Hookferry>of("Index")
          .always(entry("name", "Hookferry", "The product."), unused -> "Hookferry")
          .always(entry("api", API, "Root of the API."), unused -> API)
          .always(entry("openapi", OPENAPI, "Description of the API."), unused -> OPENAPI)
          .always(entry("health", HEALTHZ, "The health check."), unused -> HEALTHZ)
          .always(entry("ready", READYZ, "The readiness check."), unused -> READYZ)
          .always(entry("metrics", METRICS, "Metrics for Prometheus."), unused -> METRICS);

  /** A live node. */
  public static final ResponseShape<StoreInfo.LiveNode> NODE =
      ResponseShape.<StoreInfo.LiveNode>of("NodeInfo")
          .always(
              FieldSpec.of("name", FieldKind.text(), "Its name; not necessarily unique.")
                  .example("node-1"),
              StoreInfo.LiveNode::name)
          .always(
              FieldSpec.of("since", FieldKind.time(), "Time of its start."),
              StoreInfo.LiveNode::since)
          .always(
              FieldSpec.of("heardAt", FieldKind.time(), "Time of its last heartbeat."),
              StoreInfo.LiveNode::heardAt);

  /** The version, the store, its backlog, the replying node's condition, and the live nodes. */
  public static final ResponseShape<State> SYSTEM =
      store(ResponseShape.of("SystemInfo"))
          .orNull(
              FieldSpec.of(
                  "deliveryOff",
                  FieldKind.text(),
                  "Why the replying node does not send; null if it does."),
              state -> state.condition().deliveryOff())
          .with(
              OwnFaultJson.CONDITION,
              state -> OwnFaultJson.ShownCondition.of(state.condition(), true))
          .always(
              FieldSpec.of(
                  "egresses",
                  EgressJson.EGRESS.asList(),
                  "The egresses of the replying node, in the order of its configuration."),
              state -> EgressJson.EGRESS.list(state.condition().egresses()))
          .always(
              FieldSpec.of("nodes", NODE.asList(), "The live nodes, longest running first."),
              state -> NODE.list(state.store().nodes()));

  /** The health check. */
  public static final ResponseShape<NodeHealth> HEALTH =
      ResponseShape.<NodeHealth>of("Health")
          .always(
              FieldSpec.of(
                      "status", FieldKind.text(), "`alive`, `dead`, or the loop that has stalled.")
                  .example("alive"),
              NodeHealth::status)
          .always(MasterKeyJson.SECRETS, NodeHealth::secrets)
          .with(
              OwnFaultJson.CONDITION,
              health -> OwnFaultJson.ShownCondition.of(health.condition(), false))
          .ifAny(
              FieldSpec.of(
                  "unusableSchemas",
                  FieldKind.count(),
                  "How many schemas in force this node cannot use: it refuses events of their types"
                      + " under the policy block, and accepts them unchecked under warn. Absent if"
                      + " there is none."),
              health -> health.unusableSchemas() == 0 ? null : health.unusableSchemas())
          .ifAny(
              FieldSpec.of(
                  "egresses",
                  EgressJson.HEALTH.asList(),
                  "The egresses of the replying node; absent if it has none."),
              health ->
                  health.condition().egresses().isEmpty()
                      ? null
                      : EgressJson.HEALTH.list(health.condition().egresses()))
          .ifAny(
              FieldSpec.of(
                  "outboxes",
                  OutboxJson.HEALTH.asList(),
                  "The outboxes that this node relays, by name; absent if it relays none."),
              health ->
                  health.outboxes().isEmpty()
                      ? null
                      : OutboxJson.HEALTH.list(health.outboxes().entrySet()));

  /** Readiness: whether events can be accepted. */
  public static final ResponseShape<Boolean> READINESS =
      ResponseShape.<Boolean>of("Readiness")
          .always(
              FieldSpec.of(
                  "status",
                  FieldKind.choice("ready", "unready"),
                  "Whether events can be accepted."),
              ready -> ready ? "ready" : "unready");

  private SystemJson() {}

  /**
   * The state of the system.
   *
   * @param version Hookferry's version on the replying node
   */
  public record State(String version, StoreInfo store, Backlog backlog, NodeCondition condition) {}

  /**
   * The health of the replying node.
   *
   * @param unusableSchemas the number of schemas in force that it cannot use
   * @param outboxes the state of each outbox that it relays, by name
   */
  public record NodeHealth(
      String status,
      String secrets,
      NodeCondition condition,
      int unusableSchemas,
      Map<String, String> outboxes) {}

  private static FieldSpec<String> entry(String name, String value, String help) {
    return FieldSpec.of(name, FieldKind.text(), help).example(value);
  }

  private static ResponseShape<State> store(ResponseShape<State> shape) {
    return shape
        .always(
            FieldSpec.of("version", FieldKind.text(), "Hookferry's version on the replying node.")
                .example("0.1.0"),
            State::version)
        .always(
            FieldSpec.of("store", FieldKind.text(), "Kind of store; contains no credentials.")
                .example("file"),
            state -> state.store().kind())
        .always(
            FieldSpec.of("layout", FieldKind.text(), "Version of the tables or files.")
                .example("1"),
            state -> state.store().layout())
        .orNull(
            FieldSpec.of("bytes", FieldKind.count(), "Size in bytes, if known."),
            state -> state.store().bytes())
        .always(
            FieldSpec.of("pending", FieldKind.count(), "Pending deliveries of all sites."),
            state -> state.backlog().pending())
        .orNull(
            FieldSpec.of(
                "oldestDue",
                FieldKind.time(),
                "Due time of the oldest of them that waits only for Hookferry; null if there is"
                    + " none."),
            state -> state.backlog().oldestDue());
  }
}
