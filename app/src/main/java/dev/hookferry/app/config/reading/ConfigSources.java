package dev.hookferry.app.config.reading;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to look for values, from weak to strong.
 *
 * @param directory where {@code hookferry.yaml} is looked for if no file is named
 * @param file the file that was named on the command line, or null
 * @param environment all variables of the process; those of others are passed over
 * @param flags what was given on the command line, by the name of the flag
 */
public record ConfigSources(
    Path directory,
    @Nullable Path file,
    Map<String, String> environment,
    Map<String, List<String>> flags) {
  /** The variable that names the file. */
  public static final String FILE_VARIABLE = ConfigKey.VARIABLE_PREFIX + "CONFIG";

  /** The flag that names the file. */
  public static final String FILE_FLAG = "--config";

  /** The file that is read if there is one and none was named. */
  public static final String FILE = "hookferry.yaml";

  public ConfigSources {
    environment = Map.copyOf(environment);
    flags = Map.copyOf(flags);
  }

  static ConfigSources none() {
    return new ConfigSources(Path.of("no-such-directory"), null, Map.of(), Map.of());
  }
}
