package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.wiring.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose port is taken. */
final class BusyPortTest {
  @TempDir private Path folder;

  @Test
  void leavesNoStoreBehind() throws IOException {
    Path store = folder.resolve("store");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(() -> Server.start(config(store, Map.of("--port", List.of(port)))))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "another process listens on 127.0.0.1:%s; stop that process, or choose another port"
                  + " with --port",
              port);
      Map<String, List<String>> portal =
          Map.of("--port", List.of("0"), "--portal-listen", List.of(port));
      assertThatThrownBy(() -> Server.start(config(store, portal)))
          .hasMessageEndingWith("; stop that process, or choose another port with --portal-listen");
    }
    assertThat(store).doesNotExist();
  }

  private static LoadedConfig config(Path store, Map<String, List<String>> more) {
    Map<String, List<String>> flags = new HashMap<>(more);
    flags.put("--store", List.of("file:" + store));
    return ServerConfigReader.read(new ConfigSources(Path.of(""), null, Map.of(), flags));
  }
}
