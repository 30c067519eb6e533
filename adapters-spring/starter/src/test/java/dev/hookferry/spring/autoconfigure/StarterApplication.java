package dev.hookferry.spring.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** An application with Spring Boot's own auto-configuration. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StarterApplication {
  /** The auto-configuration of the {@code DataSource}: the package tells Boot 3 from Boot 4. */
  static final String DATA_SOURCE =
      Stream.of("autoconfigure.jdbc", "jdbc.autoconfigure")
          .map(name -> "org.springframework.boot." + name + ".DataSourceAutoConfiguration")
          .filter(name -> ClassUtils.isPresent(name, null))
          .findFirst()
          .orElseThrow();

  /**
   * Excludes Modulith, which most tests do not need: it stores events in its own tables and is slow
   * to start.
   */
  public static final String MODULITH =
      "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration"
          + ",org.springframework.modulith.events.config.EventPublicationAutoConfiguration"
          + ",org.springframework.modulith.events.config.EventExternalizationAutoConfiguration";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** Returns a runner of this application on an H2 database of its own, without an actuator. */
  public static ApplicationContextRunner onH2() {
    return new ApplicationContextRunner()
        .withUserConfiguration(StarterApplication.class)
        .withPropertyValues(
            "spring.datasource.url=" + database(),
            "spring.autoconfigure.exclude=" + MODULITH,
            "hookferry.secrets.in-the-clear=true");
  }

  /** Returns the URL of a new database in memory. */
  static String database() {
    return "jdbc:h2:mem:starter" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
  }
}
