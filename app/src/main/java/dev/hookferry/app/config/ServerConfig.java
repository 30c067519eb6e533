package dev.hookferry.app.config;

import java.util.List;

/**
 * The complete configuration of a server.
 *
 * @param listen the HTTP API
 * @param store the store
 * @param outboxes the outboxes that this node relays
 * @param secrets the master keys
 * @param outbound the targets that webhooks may call
 * @param engine the delivery settings
 * @param log the process log
 * @param metrics the metrics
 * @param alerts the alerts to operators
 */
public record ServerConfig(
    ListenConfig listen,
    StoreConfig store,
    List<OutboxConfig> outboxes,
    SecretsConfig secrets,
    OutboundConfig outbound,
    DeliveryConfig engine,
    LogConfig log,
    MetricsConfig metrics,
    AlertsConfig alerts) {
  public ServerConfig {
    outboxes = List.copyOf(outboxes);
  }

  /** Returns a copy with the given store. */
  public ServerConfig with(StoreConfig storeConfig) {
    return new ServerConfig(
        listen, storeConfig, outboxes, secrets, outbound, engine, log, metrics, alerts);
  }

  /** Returns a copy with the given master keys. */
  public ServerConfig with(SecretsConfig secretsConfig) {
    return new ServerConfig(
        listen, store, outboxes, secretsConfig, outbound, engine, log, metrics, alerts);
  }

  /** Returns a copy with the given API settings. */
  public ServerConfig with(ListenConfig listenConfig) {
    return new ServerConfig(
        listenConfig, store, outboxes, secrets, outbound, engine, log, metrics, alerts);
  }

  /** Returns a copy with the given outbound settings. */
  public ServerConfig with(OutboundConfig outboundConfig) {
    return new ServerConfig(
        listen, store, outboxes, secrets, outboundConfig, engine, log, metrics, alerts);
  }

  /** Returns a copy with the given outboxes. */
  public ServerConfig withOutboxes(List<OutboxConfig> outboxes) {
    return new ServerConfig(
        listen, store, outboxes, secrets, outbound, engine, log, metrics, alerts);
  }
}
