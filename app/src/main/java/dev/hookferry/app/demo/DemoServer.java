package dev.hookferry.app.demo;

import dev.hookferry.Webhooks;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.files.Folders;
import dev.hookferry.app.wiring.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The demo's server: keeps its data in a temporary folder and may call loopback addresses. */
final class DemoServer implements AutoCloseable {
  static final String OPENED = "127.0.0.0/8";

  private final Path folder;
  private final Server server;
  private final String key;

  DemoServer(int port, String key) throws IOException {
    this.key = key;
    folder = Files.createTempDirectory("hookferry-demo-");
    try {
      server = Server.start(config(port));
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  /** Writes and reads a file so that the console can show the origin of each value. */
  private LoadedConfig config(int port) throws IOException {
    String yaml =
        """
        port: %d
        adminKey: "%s"
        store: "file:%s"
        outbound:
          allowNetworks: ["%s"]
          allowHttp: true
        """
            .formatted(port, key, folder.resolve("store").toString().replace("\\", "\\\\"), OPENED);
    Path file = folder.resolve(ConfigSources.FILE);
    Files.writeString(file, yaml);
    return ServerConfigReader.read(new ConfigSources(folder, file, Map.of(), Map.of()));
  }

  Path folder() {
    return folder;
  }

  String address() {
    return server.address().toString();
  }

  Webhooks webhooks() {
    return server.hookferry().webhooks();
  }

  ApiClient client() {
    return new ApiClient(server.address(), key);
  }

  @Override
  public void close() {
    server.close();
    remove(folder);
  }

  private static void remove(Path folder) {
    try {
      Folders.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
