package dev.hookferry.app.cli;

import dev.hookferry.app.cli.server.ServerProcess;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.disk.FailingDisk;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The server process, with its store on a failing disk. */
public final class OnFailingDisk {
  private OnFailingDisk() {}

  /** Serves at a port, on a store in a folder, until there is a file that makes the disk fail. */
  public static void main(String[] args) throws InterruptedException {
    LoadedConfig loaded =
        ServerConfigReader.read(
            new ConfigSources(Path.of(""), null, System.getenv(), flags(args[0])));
    ServerConfig config =
        loaded
            .config()
            .with(new StoreConfig.InFiles(FailingDisk.of(Path.of(args[1]), Path.of(args[2]))));
    LoadedConfig failing = new LoadedConfig(config, loaded.effective(), loaded.ignored());
    System.exit(new ServerProcess(failing, new PrintWriter(System.out, true)).run());
  }

  /**
   * The disk never confirms its last writes, so that a stop would use up its whole grace period.
   */
  private static Map<String, List<String>> flags(String port) {
    return Map.of("--port", List.of(port), "--stop-grace", List.of("1s"));
  }
}
