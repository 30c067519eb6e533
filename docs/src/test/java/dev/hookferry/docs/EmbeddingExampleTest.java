package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.file.FileStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hookferry inside another product, as the manual shows it. */
class EmbeddingExampleTest {
  @TempDir Path folder;

  @Test
  void aFileStoreIsOpenedByItsDirectory() {
    // tag::file
    Store store = FileStore.open(folder.resolve("hookferry-data"), InstantSource.system());
    // end::file
    assertThat(folder.resolve("hookferry-data")).isDirectory();
    store.close();
  }

  @Test
  void theTablesCanHaveASchemaOfTheirOwn() {
    String password = "s3cr3t";
    // tag::schema
    JdbcStoreOptions options =
        JdbcStoreOptions.of("jdbc:postgresql://db/app")
            .withUser("app", password)
            .withSchema("hookferry");
    // end::schema
    assertThat(options).hasToString("jdbc:postgresql://db/app hookferry.hookferry_*");
  }
}
