package dev.hookferry.app.config;

/**
 * Everything that a server must know before it starts.
 *
 * @param listen where the API is offered
 * @param store where everything is kept
 * @param secrets where master keys come from
 * @param outbound where webhooks may lead
 * @param engine how deliveries are worked on
 * @param log what is logged
 */
public record ServerConfig(
    ListenConfig listen,
    StoreConfig store,
    SecretsConfig secrets,
    OutboundConfig outbound,
    DeliveryConfig engine,
    LogConfig log) {
  /** The same with another store. */
  public ServerConfig with(StoreConfig other) {
    return new ServerConfig(listen, other, secrets, outbound, engine, log);
  }

  /** The same with other master keys. */
  public ServerConfig with(SecretsConfig other) {
    return new ServerConfig(listen, store, other, outbound, engine, log);
  }

  /** The same, offered elsewhere. */
  public ServerConfig with(ListenConfig other) {
    return new ServerConfig(other, store, secrets, outbound, engine, log);
  }

  /** The same, with other places to send to. */
  public ServerConfig with(OutboundConfig other) {
    return new ServerConfig(listen, store, secrets, other, engine, log);
  }
}
