package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.ServerConfig;
import java.util.List;

/**
 * A valid configuration.
 *
 * @param config the typed configuration
 * @param effective every value with its origin
 * @param ignored variables that Kubernetes sets for services; they are not configuration
 */
public record LoadedConfig(ServerConfig config, EffectiveConfig effective, List<String> ignored) {
  public LoadedConfig {
    ignored = List.copyOf(ignored);
  }
}
