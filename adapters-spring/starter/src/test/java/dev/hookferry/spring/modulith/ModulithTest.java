package dev.hookferry.spring.modulith;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.spring.autoconfigure.StarterApplication;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.events.Externalized;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.support.TransactionTemplate;

/** Events that a module externalizes become webhooks. */
class ModulithTest {
  @Externalized("order_created")
  public record OrderCreated(int id) {}

  /** Modulith externalizes events of the application's packages, on another thread. */
  @Configuration(proxyBeanMethods = false)
  @AutoConfigurationPackage
  @EnableAsync
  static class Shipping {}

  private final ApplicationContextRunner application =
      StarterApplication.onH2()
          .withUserConfiguration(Shipping.class)
          .withPropertyValues(
              "spring.autoconfigure.exclude=",
              "spring.modulith.events.jdbc.schema-initialization.enabled=true",
              "hookferry.event-types=order_created",
              "hookferry.outbound.allow-networks=127.0.0.0/8",
              "hookferry.no-delivery=true");

  private static List<Delivery> deliveries(Webhooks webhooks) {
    return webhooks.deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data();
  }

  @Test
  void anExternalizedEventIsPublishedAfterTheCommitAndOnlyThen() {
    application.run(
        context -> {
          assertThat(context).hasNotFailed();
          Webhooks webhooks = context.getBean(Webhooks.class);
          webhooks
              .endpoints()
              .create(SiteId.DEFAULT, EndpointSpec.to("https://127.0.0.1/").types("order_*"));
          TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
          transaction.executeWithoutResult(
              status -> {
                context.publishEvent(new OrderCreated(1));
                status.setRollbackOnly();
              });
          transaction.executeWithoutResult(status -> context.publishEvent(new OrderCreated(2)));
          Awaitility.await().until(() -> !deliveries(webhooks).isEmpty());
          assertThat(deliveries(webhooks)).hasSize(1);
          Delivery delivery = deliveries(webhooks).get(0);
          assertThat(delivery.type().name()).isEqualTo("order_created");
          assertThat(
                  webhooks.events().get(SiteId.DEFAULT, delivery.event()).event().payload().text())
              .contains("{\"id\":2}");
        });
  }

  @Test
  void itCanBeSwitchedOff() {
    application
        .withPropertyValues("hookferry.modulith.enabled=false")
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean("hookferryEventExternalizer"));
  }
}
