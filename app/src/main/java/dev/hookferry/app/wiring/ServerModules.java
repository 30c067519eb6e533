package dev.hookferry.app.wiring;

import com.google.inject.Module;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.text.Version;
import dev.hookferry.http.console.frame.ServerInfo;
import java.util.List;

/** The Guice modules of a server; all choices are made here, before anything is built. */
final class ServerModules {
  private ServerModules() {}

  static List<Module> of(ServerConfig config) {
    return of(config, List.of());
  }

  /** Returns the modules, with the configuration settings for the console. */
  static List<Module> of(ServerConfig config, List<ServerInfo.Setting> settings) {
    return List.of(
        new StrictModule(),
        new ConfigModule(config, new ServerInfo(Version.text(), settings)),
        storeModule(config.store()),
        new OutboxModule(config.outboxes()),
        new SecretsModule(config),
        new OutboundModule(),
        new ListenerModule(),
        new EngineModule(),
        new HttpModule());
  }

  private static Module storeModule(StoreConfig store) {
    return store.fold(
        new StoreConfig.Fold<>() {
          @Override
          public Module files(StoreConfig.InFiles files) {
            return new FileStoreModule(files);
          }

          @Override
          public Module memory() {
            return new MemoryStoreModule();
          }

          @Override
          public Module database(StoreConfig.InDatabase database) {
            return new JdbcStoreModule(database);
          }

          @Override
          public Module custom(StoreConfig.Custom custom) {
            return new CustomStoreModule(custom);
          }
        });
  }
}
