package dev.hookferry.spring.actuate;

import dev.hookferry.Hookferry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Adds Hookferry to the Actuator: its health, and the {@code hookferry} endpoint. */
@AutoConfiguration(
    afterName = "dev.hookferry.spring.autoconfigure.WebhookPublisherAutoConfiguration")
@ConditionalOnBean(Hookferry.class)
@Import({Boot3HealthConfiguration.class, Boot4HealthConfiguration.class})
class HookferryActuatorAutoConfiguration {
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
  @ConditionalOnAvailableEndpoint(endpoint = HookferryEndpoint.class)
  static class EndpointConfiguration {
    @Bean
    @ConditionalOnMissingBean
    HookferryEndpoint hookferryEndpoint(Hookferry hookferry) {
      return new HookferryEndpoint(hookferry);
    }
  }
}
