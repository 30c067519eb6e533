package dev.hookferry.app.config;

/**
 * Settings of the process log.
 *
 * @param format the format of lines
 * @param level the least severe level logged
 */
public record LogConfig(LogFormat format, LogLevel level) {}
