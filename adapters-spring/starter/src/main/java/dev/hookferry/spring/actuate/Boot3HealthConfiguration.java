package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Hookferry to the health endpoint of Spring Boot 3. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("hookferry")
class Boot3HealthConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "hookferryHealthIndicator")
  HealthIndicator hookferryHealthIndicator(Hookferry hookferry) {
    return new Boot3HealthIndicator(hookferry);
  }
}
