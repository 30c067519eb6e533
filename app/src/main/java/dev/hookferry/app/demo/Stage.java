package dev.hookferry.app.demo;

import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.config.HttpTargets;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.app.config.Secret;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.endpoint.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server of its own in a temporary folder, which may call loopback. */
final class Stage implements AutoCloseable {
  static final String OPENED = "127.0.0.0/8";

  private final Path folder;
  private final Server server;
  private final String key;

  Stage(int port, String key) throws IOException {
    this.key = key;
    folder = Files.createTempDirectory("hookferry-demo-");
    try {
      server = Server.start(config(port));
    } catch (RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  private ServerConfig config(int port) {
    return ServerConfig.defaults()
        .with(new InFiles(folder.resolve("store")))
        .with(ServerConfig.defaults().listen().with(port, new Secret(key)))
        .with(
            new OutboundConfig(
                List.of(Network.parse(OPENED)), new HttpTargets(true, List.of()), List.of()));
  }

  Path folder() {
    return folder;
  }

  String address() {
    return server.address().toString();
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
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
