package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Health of Hookferry in Spring Boot 4. */
final class Boot4HealthIndicator extends AbstractHealthIndicator {
  private final Hookferry hookferry;

  Boot4HealthIndicator(Hookferry hookferry) {
    super("Hookferry health check failed");
    this.hookferry = hookferry;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    HealthReport report = HealthReport.of(hookferry);
    health.status(report.up() ? Status.UP : Status.DOWN).withDetails(report.details());
  }
}
