package dev.hookferry.app.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.app.config.StoreConfig.InMemory;
import dev.hookferry.app.config.StoreTables;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoreAccessTest {
  @Test
  void recognizesEveryKindOfStore() {
    StoreAccess files = new StoreAccess(new InFiles(Path.of("/data")));
    assertThat(files.kind()).isEqualTo("file");
    assertThat(files.environment()).isEqualTo(Map.of("HOOKFERRY_STORE", "file:/data"));

    StoreAccess memory = new StoreAccess(new InMemory());
    assertThat(memory.kind()).isEqualTo("memory");
    assertThat(memory.environment()).isEqualTo(Map.of("HOOKFERRY_STORE", "memory"));

    String url = "jdbc:postgresql://db/hookferry";
    StoreAccess database =
        new StoreAccess(new InDatabase(url, "me", new SecretText("pw"), StoreTables.DEFAULT));
    assertThat(database.kind()).isEqualTo("postgresql");
    assertThat(database.environment())
        .isEqualTo(
            Map.of(
                "HOOKFERRY_STORE",
                url,
                "HOOKFERRY_STORE_USER",
                "me",
                "HOOKFERRY_STORE_PASSWORD",
                "pw"));
  }

  /** It was once measured as if it were the memory store. */
  @Test
  void refusesAStoreOfTheClassPath() {
    StoreProvider provider =
        new StoreProvider() {
          @Override
          public String scheme() {
            return "redis";
          }

          @Override
          public Store open(Options options) {
            throw new AssertionError("not opened");
          }
        };
    assertThatThrownBy(() -> new StoreAccess(new Custom(provider, "//db", null, null)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("to be measured (got redis://db)");
  }
}
