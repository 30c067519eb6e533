package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.spring.WebhookPublisher;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/** An application gets as much as its class path allows; nothing optional is needed. */
class MissingLibrariesTest {
  private final ApplicationContextRunner withDatabase =
      runner()
          .withBean(DataSource.class, MissingLibrariesTest::database)
          .withPropertyValues(
              "hookferry.secrets.in-the-clear=true", "hookferry.event-types=order_created");

  private static DataSource database() {
    return new SimpleDriverDataSource(new org.h2.Driver(), StarterApplication.database());
  }

  /** Only the starter's own auto-configurations, all of them. */
  private static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                    .filter(name -> name.startsWith("dev.hookferry."))
                    .map(name -> ClassUtils.resolveClassName(name, null))
                    .toArray(Class<?>[]::new)));
  }

  @Test
  void withoutActuatorAndMicrometerEventsArePublished() {
    withDatabase
        .withClassLoader(
            new FilteredClassLoader(
                "io.micrometer.core",
                "org.springframework.boot.actuate.endpoint.annotation",
                "org.springframework.boot.actuate.health",
                "org.springframework.boot.health.contributor"))
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .hasSingleBean(WebhookPublisher.class)
                  .doesNotHaveBean("hookferryHealthIndicator")
                  .doesNotHaveBean("hookferryMeterListener");
              assertThat(publish(context.getBean(DataSource.class), context)).isNotNull();
            });
  }

  private static Object publish(DataSource dataSource, ApplicationContext context) {
    WebhookPublisher publisher = context.getBean(WebhookPublisher.class);
    return new TransactionTemplate(new DataSourceTransactionManager(dataSource))
        .execute(status -> publisher.publish(NewEvent.of("order_created", "{}")));
  }

  @Test
  void schemasAreCheckedOnlyWithTheirLibrary() {
    EventTypeSpec strict =
        EventTypeSpec.of("").schema("{\"required\":[\"Number\"]}").policy(SchemaPolicy.BLOCK);
    EventType created = new EventType("order_created");
    withDatabase.run(
        context -> {
          Webhooks webhooks = context.getBean(Webhooks.class);
          webhooks.eventTypes().put(SiteId.DEFAULT, created, strict);
          NewEvent event = NewEvent.of("order_created", "{}");
          assertThatThrownBy(() -> webhooks.publish(SiteId.DEFAULT, event).join())
              .hasStackTraceContaining("must have the property Number");
        });
    withDatabase
        .withClassLoader(new FilteredClassLoader("dev.hookferry.jsonschema"))
        .run(
            context ->
                assertThatThrownBy(
                        () ->
                            context
                                .getBean(Webhooks.class)
                                .eventTypes()
                                .put(SiteId.DEFAULT, created, strict))
                    .isInstanceOf(InvalidException.class));
  }

  @Test
  void withoutJacksonItSaysHowToPublishAnObject() {
    withDatabase
        .withClassLoader(new FilteredClassLoader("com.fasterxml.jackson", "tools.jackson"))
        .run(
            context -> {
              WebhookPublisher publisher = context.getBean(WebhookPublisher.class);
              assertThatThrownBy(() -> publisher.publish("order_created", 7))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("spring-boot-starter-json")
                  .hasMessageContaining("NewEvent");
              assertThat(publish(context.getBean(DataSource.class), context)).isNotNull();
            });
  }

  @Test
  void withoutJdbcThereIsNoPublisher() {
    runner()
        .withPropertyValues("hookferry.secrets.in-the-clear=true", "hookferry.store.type=memory")
        .withClassLoader(
            new FilteredClassLoader("org.springframework.jdbc", "org.springframework.transaction"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(Webhooks.class)
                    .doesNotHaveBean(WebhookPublisher.class));
  }
}
