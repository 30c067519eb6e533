package dev.hookferry.spring.autoconfigure;

import dev.hookferry.Hookferry;
import dev.hookferry.HookferryBuilder;
import dev.hookferry.Webhooks;
import dev.hookferry.body.BodyMapper;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.observe.Listener;
import dev.hookferry.portal.Portal;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signer;
import dev.hookferry.signer.Signers;
import dev.hookferry.spring.HookferryBuilderCustomizer;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Embeds Hookferry. Every bean backs off if the application defines one of the same type. An
 * application that defines its own {@link Hookferry} starts and closes it.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
    })
@ConditionalOnBooleanProperty(name = "hookferry.enabled", matchIfMissing = true)
@EnableConfigurationProperties({HookferryProperties.class, HookferryDeliveryProperties.class})
class HookferryAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Webhooks webhooks(Hookferry hookferry) {
    return hookferry.webhooks();
  }

  /**
   * Creates links to the customers' portal, and provides the data that a portal session may see.
   */
  @Bean
  @ConditionalOnMissingBean
  Portal hookferryPortal(Hookferry hookferry) {
    return Portal.of(hookferry, InstantSource.system());
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(Hookferry.class)
  @Import({
    JdbcStoreConfiguration.class,
    JsonSchemaConfiguration.class,
    FileStoreConfiguration.class,
    MemoryStoreConfiguration.class
  })
  static class EmbeddedHookferry {
    @Bean
    @ConditionalOnMissingBean
    SecretCipher hookferrySecretCipher(
        HookferryProperties properties, ObjectProvider<MasterKeySource> keys) {
      return SecretCipherFactory.cipher(properties.secrets(), keys.getIfAvailable());
    }

    /** Creates the transport. Hookferry closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Transport hookferryTransport(HookferryProperties properties) {
      return new HttpTransport(OutboundRules.options(properties.outbound()));
    }

    /**
     * Applies the delivery properties. Runs first, so that the application's customizers can
     * override them.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    HookferryBuilderCustomizer hookferryDelivery(HookferryDeliveryProperties delivery) {
      return builder -> {
        builder
            .noDelivery(delivery.noDelivery())
            .attemptTimeout(delivery.attemptTimeout())
            .drainTimeout(delivery.drainTimeout())
            .blockedKeyAlert(delivery.blockedKeyAlert());
        if (!delivery.disableFailingAfter().isZero()) {
          builder.disableFailingAfter(delivery.disableFailingAfter());
        }
      };
    }

    /** Adds the application's listeners, in addition to the log. */
    @Bean
    HookferryBuilderCustomizer hookferryListeners(ObjectProvider<Listener> listeners) {
      return builder -> listeners.orderedStream().forEach(builder::addListener);
    }

    /**
     * Sets the schema compiler. If there is none, the builder's default stays: schemas cannot be
     * checked.
     */
    @Bean
    HookferryBuilderCustomizer hookferrySchemas(ObjectProvider<SchemaCompiler> compilers) {
      return builder -> compilers.ifAvailable(builder::schemas);
    }

    /** Registers the application's body mappers under their bean names. */
    @Bean
    HookferryBuilderCustomizer hookferryBodyMappers(ListableBeanFactory beans) {
      return builder -> beans.getBeansOfType(BodyMapper.class).forEach(builder::bodyMapper);
    }

    /** Registers the application's signers under their bean names. Hookferry closes them. */
    @Bean
    HookferryBuilderCustomizer hookferrySigners(ListableBeanFactory beans) {
      return builder -> {
        Signers all = Signers.NONE;
        for (Map.Entry<String, Signer> bean : beans.getBeansOfType(Signer.class).entrySet()) {
          all = all.with(bean.getKey(), bean.getValue());
        }
        builder.signers(all);
      };
    }

    /**
     * Builds Hookferry. The store is fetched last, so that it is not opened if another bean fails.
     */
    @Bean
    Hookferry hookferry(
        HookferryProperties properties,
        SecretCipher cipher,
        Transport transport,
        ObjectProvider<HookferryBuilderCustomizer> customizers,
        Store store) {
      HookferryBuilder builder = Hookferry.builder(store, transport).secrets(cipher);
      if (properties.node() != null) {
        builder.nodeName(properties.node());
      }
      if (!properties.retention().isZero()) {
        builder.retention(properties.retention());
      }
      if (!properties.auditRetention().isZero()) {
        builder.auditRetention(properties.auditRetention());
      }
      customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
      return builder.build();
    }

    @Bean
    HookferryLifecycle hookferryLifecycle(Hookferry hookferry, HookferryProperties properties) {
      return new HookferryLifecycle(hookferry, properties.eventTypes());
    }
  }
}
