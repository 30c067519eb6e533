package dev.hookferry.spring.autoconfigure;

import dev.hookferry.Webhooks;
import dev.hookferry.jdbc.outbox.Outbox;
import dev.hookferry.jdbc.outbox.OutboxOptions;
import dev.hookferry.spring.PayloadWriter;
import dev.hookferry.spring.TransactionRule;
import dev.hookferry.spring.TransactionalOutbox;
import dev.hookferry.spring.WebhookPublisher;
import dev.hookferry.spring.autoconfigure.HookferryProperties.OutboxProperties;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Publishes events in the application's transactions, if it has a {@code DataSource}. */
@AutoConfiguration(
    after = HookferryAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
      "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
      "org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration"
    })
@ConditionalOnBooleanProperty(name = "hookferry.enabled", matchIfMissing = true)
@Import({Jackson3PayloadConfiguration.class, Jackson2PayloadConfiguration.class})
class WebhookPublisherAutoConfiguration {
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(DataSourceUtils.class)
  @ConditionalOnSingleCandidate(DataSource.class)
  @ConditionalOnMissingBean(TransactionalOutbox.class)
  static class OutboxConfiguration {
    /** The maximum that a relay accepts; it needs time for only one batch. */
    private static final Duration MAX_DRAIN = Duration.ofMinutes(10);

    /**
     * Relays the outbox. Absent if another process does that; commits here then have no relay to
     * wake.
     */
    @Bean
    @ConditionalOnBooleanProperty(name = "hookferry.outbox.relay", matchIfMissing = true)
    OutboxRelayLifecycle hookferryOutboxRelayLifecycle(
        Webhooks webhooks,
        DataSource dataSource,
        HookferryProperties properties,
        HookferryDeliveryProperties delivery) {
      OutboxProperties outbox = properties.outbox();
      return new OutboxRelayLifecycle(
          webhooks,
          options(dataSource, outbox)
              .withPoll(outbox.poll())
              .withListen(outbox.listen())
              .withDrain(drain(delivery.drainTimeout())));
    }

    private static Duration drain(Duration requested) {
      return requested.compareTo(MAX_DRAIN) < 0 ? requested : MAX_DRAIN;
    }

    /** Creates the watch. Static, since it must exist before the transaction managers. */
    @Bean
    static TransactionWatch hookferryTransactionWatch() {
      return new TransactionWatch();
    }

    @Bean
    @DependsOnDatabaseInitialization
    TransactionalOutbox hookferryOutbox(
        DataSource dataSource,
        TransactionWatch watch,
        HookferryProperties properties,
        ObjectProvider<OutboxRelayLifecycle> relay) {
      Outbox outbox = Outbox.of(options(dataSource, properties.outbox()));
      OutboxTables.initialize(dataSource, outbox, properties.outbox());
      return new JdbcOutbox(
          dataSource,
          outbox,
          new TransactionRule(properties.outbox().requireTransaction()),
          watch,
          () -> relay.ifAvailable(OutboxRelayLifecycle::wake));
    }

    private static OutboxOptions options(DataSource dataSource, OutboxProperties outbox) {
      return OutboxOptions.of(dataSource).withTable(outbox.table());
    }
  }

  @Bean
  @ConditionalOnMissingBean
  PayloadWriter hookferryPayloadWriter() {
    return data -> {
      throw new IllegalStateException(
          "no Jackson mapper is available to write objects as JSON: add spring-boot-starter-json, or publish a"
              + " NewEvent with JSON of your own");
    };
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(TransactionalOutbox.class)
  WebhookPublisher webhookPublisher(
      TransactionalOutbox sink,
      PayloadWriter payloads,
      ObjectProvider<ObservationRegistry> observations) {
    return new WebhookPublisher(
        sink, payloads, observations.getIfUnique(() -> ObservationRegistry.NOOP));
  }
}
