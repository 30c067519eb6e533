package dev.hookferry.spring.modulith;

import dev.hookferry.Webhooks;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.spring.PayloadWriter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.support.DelegatingEventExternalizer;

/**
 * Publishes application events that are annotated with {@code @Externalized("order_created")}: the
 * target is the event type, at the default site. Modulith publishes after the transaction has
 * committed, and again if the application stopped in between.
 */
@AutoConfiguration(
    afterName = {
      "dev.hookferry.spring.autoconfigure.WebhookPublisherAutoConfiguration",
      "org.springframework.modulith.events.config.EventExternalizationAutoConfiguration"
    })
@ConditionalOnClass(DelegatingEventExternalizer.class)
@ConditionalOnBooleanProperty(name = "hookferry.modulith.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(
    name = "spring.modulith.events.externalization.enabled",
    matchIfMissing = true)
@ConditionalOnBean({Webhooks.class, EventExternalizationConfiguration.class})
class ModulithAutoConfiguration {
  @Bean
  DelegatingEventExternalizer hookferryEventExternalizer(
      EventExternalizationConfiguration configuration, Webhooks webhooks, PayloadWriter payloads) {
    return new DelegatingEventExternalizer(
        configuration,
        (target, payload) ->
            webhooks.publish(
                SiteId.DEFAULT,
                NewEvent.of(new EventType(target.getTarget()), payloads.write(payload))));
  }
}
