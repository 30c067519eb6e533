package dev.hookferry.app.config;

/**
 * The complete configuration of a server.
 *
 * @param listen the HTTP API
 * @param store the store
 * @param secrets the master keys
 * @param outbound the targets that webhooks may call
 * @param engine the delivery settings
 * @param log the process log
 */
public record ServerConfig(
    ListenConfig listen,
    StoreConfig store,
    SecretsConfig secrets,
    OutboundConfig outbound,
    DeliveryConfig engine,
    LogConfig log) {
  /** Returns a copy with another store. */
  public ServerConfig with(StoreConfig other) {
    return new ServerConfig(listen, other, secrets, outbound, engine, log);
  }

  /** Returns a copy with other master keys. */
  public ServerConfig with(SecretsConfig other) {
    return new ServerConfig(listen, store, other, outbound, engine, log);
  }

  /** Returns a copy with other API settings. */
  public ServerConfig with(ListenConfig other) {
    return new ServerConfig(other, store, secrets, outbound, engine, log);
  }

  /** Returns a copy with other outbound settings. */
  public ServerConfig with(OutboundConfig other) {
    return new ServerConfig(listen, store, secrets, other, engine, log);
  }
}
