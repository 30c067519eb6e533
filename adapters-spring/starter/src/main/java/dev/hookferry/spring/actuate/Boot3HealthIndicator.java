package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** Health of Hookferry in Spring Boot 3. */
final class Boot3HealthIndicator extends AbstractHealthIndicator {
  private final Hookferry hookferry;

  Boot3HealthIndicator(Hookferry hookferry) {
    super("Hookferry health check failed");
    this.hookferry = hookferry;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    HealthReport report = HealthReport.of(hookferry);
    health.status(report.up() ? Status.UP : Status.DOWN).withDetails(report.details());
  }
}
