package dev.hookferry.app.config.reading;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources of values, in increasing precedence.
 *
 * @param directory where to look for {@code hookferry.yaml} if no file is given
 * @param file the file given on the command line, or null
 * @param environment all variables of the process; unrelated ones are ignored
 * @param flags the flags given on the command line, by name
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

  /** The file that is read by default, if it exists. */
  public static final String FILE = "hookferry.yaml";

  public ConfigSources {
    environment = Map.copyOf(environment);
    flags = Map.copyOf(flags);
  }

  static ConfigSources none() {
    return new ConfigSources(Path.of("no-such-directory"), null, Map.of(), Map.of());
  }
}
