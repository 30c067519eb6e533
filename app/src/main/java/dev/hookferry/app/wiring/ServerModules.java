package dev.hookferry.app.wiring;

import com.google.inject.Module;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.text.Version;
import dev.hookferry.http.console.frame.ServerInfo;
import java.util.List;

/** A server, read as a list of modules. All choices are made here, before anything is built. */
final class ServerModules {
  private ServerModules() {}

  static List<Module> of(ServerConfig config) {
    return of(config, List.of());
  }

  /** With what the console tells of the configuration. */
  static List<Module> of(ServerConfig config, List<ServerInfo.Setting> settings) {
    return List.of(
        new StrictModule(),
        new ConfigModule(config, new ServerInfo(Version.text(), settings)),
        storeModule(config.store()),
        new SecretsModule(config),
        new OutboundModule(),
        new ListenerModule(),
        new EngineModule(),
        new HttpModule());
  }

  private static Module storeModule(StoreConfig store) {
    if (store instanceof StoreConfig.InFiles files) {
      return new FileStoreModule(files);
    }
    if (store instanceof StoreConfig.InDatabase database) {
      return new JdbcStoreModule(database);
    }
    return new MemoryStoreModule();
  }
}
