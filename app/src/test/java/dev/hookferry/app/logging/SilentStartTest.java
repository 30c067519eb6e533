package dev.hookferry.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class SilentStartTest {
  /** Otherwise a command that happens to log would print lines at DEBUG. */
  @Test
  void logbackFindsItAndPrintsNothing() {
    assertThat(ServiceLoader.load(Configurator.class))
        .hasAtLeastOneElementOfType(SilentStart.class);
    LoggerContext context = new LoggerContext();
    assertThat(new SilentStart().configure(context))
        .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.OFF);
  }
}
