package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Hookferry to the health endpoint of Spring Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("hookferry")
class Boot4HealthConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "hookferryHealthIndicator")
  HealthIndicator hookferryHealthIndicator(Hookferry hookferry) {
    return new Boot4HealthIndicator(hookferry);
  }
}
