package dev.hookferry.spring.autoconfigure;

import dev.hookferry.file.FileStore;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens a file store. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Store.class)
@ConditionalOnClass(FileStore.class)
@ConditionalOnProperty(name = "hookferry.store.type", havingValue = "file")
class FileStoreConfiguration {
  /** Opens the store. Hookferry closes it. */
  @Bean(destroyMethod = "")
  Store hookferryStore(HookferryProperties properties) {
    return FileStore.open(Path.of(properties.store().directory()), InstantSource.system());
  }
}
