package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Meters of Hookferry, if the application has a {@code MeterRegistry}. */
@AutoConfiguration(
    afterName = {
      "dev.hookferry.spring.autoconfigure.HookferryAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, Hookferry.class})
class HookferryMetricsAutoConfiguration {
  @Bean
  MeterListener hookferryMeterListener(MeterRegistry registry) {
    return new MeterListener(registry);
  }

  @Bean
  HookferryGauges hookferryGauges(Hookferry hookferry) {
    return new HookferryGauges(hookferry, InstantSource.system());
  }
}
