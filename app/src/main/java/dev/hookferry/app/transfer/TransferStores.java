package dev.hookferry.app.transfer;

import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.file.FileStore;
import dev.hookferry.file.FileStoreOptions;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreProvider;
import dev.hookferry.store.transfer.TransferProvider;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Opens configured stores as sources and targets of transfers. */
public final class TransferStores {
  private static final Duration OWNER_TIMEOUT = Duration.ofSeconds(12);

  private TransferStores() {}

  /** Opens a store for reading; no process may be using it. A memory store cannot be opened. */
  public static TransferSource source(StoreConfig store) {
    return store.fold(
        new StoreConfig.Fold<>() {
          @Override
          public TransferSource files(InFiles files) {
            return FileStore.openSource(files.directory());
          }

          @Override
          public TransferSource memory() {
            throw unsupported("memory");
          }

          @Override
          public TransferSource database(InDatabase database) {
            return JdbcStore.openSource(database.options());
          }

          @Override
          public TransferSource custom(Custom custom) {
            return provider(custom).openSource(options(custom));
          }
        });
  }

  /** Opens a store to be filled. A memory store cannot be opened. */
  public static TransferTarget target(StoreConfig store) {
    return store.fold(
        new StoreConfig.Fold<>() {
          @Override
          public TransferTarget files(InFiles files) {
            return FileStore.openTarget(
                files.directory(), FileStoreOptions.DEFAULT, InstantSource.system());
          }

          @Override
          public TransferTarget memory() {
            throw unsupported("memory");
          }

          @Override
          public TransferTarget database(InDatabase database) {
            return JdbcStore.openTarget(database.options());
          }

          @Override
          public TransferTarget custom(Custom custom) {
            return provider(custom).openTarget(options(custom));
          }
        });
  }

  private static StoreProvider.Options options(Custom custom) {
    return new StoreProvider.Options(
        custom.location(),
        custom.user(),
        text(custom.password()),
        OWNER_TIMEOUT,
        InstantSource.system());
  }

  private static @Nullable String text(@Nullable SecretText secret) {
    return secret == null ? null : secret.text();
  }

  private static TransferProvider provider(Custom custom) {
    if (custom.provider() instanceof TransferProvider provider) {
      return provider;
    }
    throw unsupported(custom.provider().scheme());
  }

  private static InvalidException unsupported(String scheme) {
    return InvalidException.of("store", "a store of the kind " + scheme + " cannot be copied");
  }
}
