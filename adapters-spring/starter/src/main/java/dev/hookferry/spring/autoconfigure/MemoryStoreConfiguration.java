package dev.hookferry.spring.autoconfigure;

import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.Store;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens a store in memory. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Store.class)
@ConditionalOnProperty(name = "hookferry.store.type", havingValue = "memory")
class MemoryStoreConfiguration {
  /** Opens the store. Hookferry closes it. */
  @Bean(destroyMethod = "")
  Store hookferryStore(HookferryProperties properties) {
    return new MemoryStore(InstantSource.system(), properties.store().ownerTimeout());
  }
}
