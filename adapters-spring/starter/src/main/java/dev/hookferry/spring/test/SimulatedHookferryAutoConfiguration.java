package dev.hookferry.spring.test;

import dev.hookferry.Hookferry;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.spring.HookferryBuilderCustomizer;
import dev.hookferry.spring.TransactionRule;
import dev.hookferry.spring.TransactionalOutbox;
import dev.hookferry.spring.autoconfigure.DeclaredTypes;
import dev.hookferry.spring.autoconfigure.HookferryProperties;
import dev.hookferry.testing.SimulatedHookferry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Replaces Hookferry, its store and its transport with the simulation. */
@AutoConfiguration(beforeName = "dev.hookferry.spring.autoconfigure.HookferryAutoConfiguration")
@EnableConfigurationProperties(HookferryProperties.class)
class SimulatedHookferryAutoConfiguration {
  @Bean
  SimulatedHookferry simulatedHookferry(
      HookferryProperties properties, ObjectProvider<HookferryBuilderCustomizer> customizers) {
    SimulatedHookferry hooks =
        SimulatedHookferry.start(
            1,
            OutboundPolicy.strict(),
            builder ->
                customizers.orderedStream().forEach(customizer -> customizer.customize(builder)));
    DeclaredTypes.add(hooks.webhooks(), properties.eventTypes());
    return hooks;
  }

  /** Exposes the simulated instance. The simulation closes it. */
  @Bean(destroyMethod = "")
  Hookferry simulatedHookferryItself(SimulatedHookferry hooks) {
    return hooks.hookferry();
  }

  @Bean
  TransactionalOutbox simulatedOutbox(SimulatedHookferry hooks, HookferryProperties properties) {
    return new SimulatedOutbox(
        hooks, new TransactionRule(properties.outbox().requireTransaction()));
  }
}
