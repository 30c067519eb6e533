package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.ServerConfig;

/**
 * A configuration that is right as a whole.
 *
 * @param config what the server needs
 * @param effective every value with its origin
 */
public record LoadedConfig(ServerConfig config, EffectiveConfig effective) {}
