package dev.hookferry.app.config;

/**
 * What is logged, and how.
 *
 * @param format how it looks
 * @param level how much
 */
public record LogConfig(LogFormat format, LogLevel level) {}
