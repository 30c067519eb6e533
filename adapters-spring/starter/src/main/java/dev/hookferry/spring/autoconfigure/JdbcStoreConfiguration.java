package dev.hookferry.spring.autoconfigure;

import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.spring.HookferryDataSource;
import dev.hookferry.spring.autoconfigure.HookferryProperties.StoreProperties;
import dev.hookferry.store.Store;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens a store in the database of the application's {@code DataSource}, or in memory if that
 * database is in memory.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Store.class)
@ConditionalOnProperty(name = "hookferry.store.type", havingValue = "jdbc", matchIfMissing = true)
class JdbcStoreConfiguration {
  /** Opens the store. Hookferry closes it. */
  @Bean(destroyMethod = "")
  @DependsOnDatabaseInitialization
  Store hookferryStore(
      @HookferryDataSource ObjectProvider<DataSource> marked,
      ObjectProvider<DataSource> dataSources,
      HookferryProperties properties) {
    DataSource dataSource = marked.getIfAvailable(dataSources::getIfUnique);
    if (dataSource == null) {
      throw new InvalidConfigurationPropertyValueException(
          "hookferry.store.type",
          "jdbc",
          "needs one DataSource bean. Add spring-boot-starter-jdbc and set spring.datasource.url; if"
              + " there are several, mark one with @HookferryDataSource or @Primary; or choose"
              + " hookferry.store.type=file");
    }
    if (InMemoryDatabase.is(dataSource)) {
      // As short-lived as the application's own data, and the store's SQL is not written for
      // memory.
      return new MemoryStore(InstantSource.system(), properties.store().ownerTimeout());
    }
    return JdbcStore.open(dataSource, options(properties.store()));
  }

  private static JdbcStoreOptions options(StoreProperties store) {
    JdbcStoreOptions options =
        JdbcStoreOptions.defaults()
            .withPoolSize(store.poolSize())
            .withOwnerTimeout(store.ownerTimeout())
            .withTablePrefix(store.tablePrefix())
            .withSchemaMode(store.schemaMode());
    return store.schema() == null ? options : options.withSchema(store.schema());
  }
}
