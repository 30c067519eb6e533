package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.Hookferry;
import dev.hookferry.HookferryBuilder;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.text.Version;
import dev.hookferry.jsonschema.JsonSchemaCompiler;
import dev.hookferry.observe.Listener;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signers;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.time.InstantSource;

/** Provides the engine and its facade. */
final class EngineModule extends AbstractModule {
  /**
   * Builds the engine. The store is injected first: if it cannot be opened, nothing has started.
   */
  @Provides
  @Singleton
  Hookferry hookferry(
      Store store,
      Transport transport,
      HookferryConfigurer configurer,
      Signers signers,
      Observability observability) {
    HookferryBuilder builder =
        Hookferry.builder(store, transport).signers(signers).tracing(observability.tracing());
    configurer.accept(builder);
    return builder.build();
  }

  @Provides
  @Singleton
  SchemaCompiler schemas() {
    return new JsonSchemaCompiler();
  }

  @Provides
  @Singleton
  HookferryConfigurer configurer(
      DeliveryConfig config,
      SecretCipher cipher,
      Listener listener,
      InstantSource clock,
      SchemaCompiler schemas) {
    return builder -> {
      builder
          .clock(clock)
          .secrets(cipher)
          .listener(listener)
          .limits(config.limits())
          .userAgent("Hookferry/" + Version.text())
          .attemptTimeout(config.attemptTimeout())
          .drainTimeout(config.stopGrace())
          .blockedKeyAlert(config.blockedKeyAlert())
          .schemas(schemas)
          .noDelivery(config.noDelivery());
      config.retention().limit().ifPresent(builder::retention);
      config.auditRetention().limit().ifPresent(builder::auditRetention);
      if (!config.disableFailingAfter().isZero()) {
        builder.disableFailingAfter(config.disableFailingAfter());
      }
      if (!config.node().isEmpty()) {
        builder.nodeName(config.node());
      }
    };
  }
}
