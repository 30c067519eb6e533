package dev.hookferry.app.config;

/**
 * Everything that a server must know before it starts.
 *
 * @param listen where the API is offered
 * @param store where everything is kept
 * @param outbound where webhooks may lead
 * @param engine how deliveries are worked on
 * @param log what is logged
 */
public record ServerConfig(
    ListenConfig listen,
    StoreConfig store,
    OutboundConfig outbound,
    EngineConfig engine,
    LogConfig log) {
  /** The same with another store. */
  public ServerConfig with(StoreConfig other) {
    return new ServerConfig(listen, other, outbound, engine, log);
  }

  /** The same, offered elsewhere. */
  public ServerConfig with(ListenConfig other) {
    return new ServerConfig(other, store, outbound, engine, log);
  }

  /** The same, with other places to send to. */
  public ServerConfig with(OutboundConfig other) {
    return new ServerConfig(listen, store, other, engine, log);
  }

  /** What holds where nobody says otherwise. */
  public static ServerConfig defaults() {
    return ConfigReader.read(ConfigSources.none()).config();
  }
}
