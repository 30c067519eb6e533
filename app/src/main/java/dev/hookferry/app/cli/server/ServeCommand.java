package dev.hookferry.app.cli.server;

import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.reading.LogKeys;
import dev.hookferry.app.config.reading.ServerConfigReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    description = {
      "Runs the server until stopped (SIGTERM, Ctrl-C).",
      "Flags override the environment, which overrides hookferry.yaml and the defaults."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String JSON_LOG = "json";

  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = ConfigSources.FILE_FLAG,
      paramLabel = "FILE",
      description = "The configuration file (default: HOOKFERRY_CONFIG, else ./hookferry.yaml).")
  private @Nullable Path config;

  @Option(
      names = "--print-config",
      description = "Prints every value and its origin, with secrets masked, and exits.")
  private boolean printConfig;

  @Override
  public Integer call() throws InterruptedException {
    try {
      LoadedConfig loaded =
          ServerConfigReader.read(new ConfigSources(Path.of(""), config, System.getenv(), flags()));
      if (printConfig) {
        ConfigPrinter.print(output, loaded.effective());
        return ExitCode.DONE;
      }
      return new ServerProcess(loaded, output.out()).run();
    } catch (ConfigException e) {
      Objects.requireNonNull(spec, "not parsed")
          .commandLine()
          .getErr()
          .println("hookferry: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private Map<String, List<String>> flags() {
    ParseResult parsed = Objects.requireNonNull(spec, "not parsed").commandLine().getParseResult();
    Map<String, List<String>> given = new HashMap<>(ConfigFlags.given(parsed));
    if (output.json() && !printConfig) {
      given.putIfAbsent(Objects.requireNonNull(LogKeys.FORMAT.flag(), "flag"), List.of(JSON_LOG));
    }
    return given;
  }
}
