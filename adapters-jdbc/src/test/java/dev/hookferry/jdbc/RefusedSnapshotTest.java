package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup that cannot begin, because the version of the tables cannot be read. */
final class RefusedSnapshotTest {
  private static final int MORE_THAN_THE_POOL = 6;

  @ParameterizedTest
  @EnumSource
  void itKeepsNoConnection(Kind kind) {
    try (TestDatabase place = kind.create();
        TestNode node = new TestNode(place.url())) {
      rename(place, "compatible_with", "other");
      for (int i = 0; i < MORE_THAN_THE_POOL; i++) {
        assertThatThrownBy(node.store::snapshot)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("the version of the tables cannot be read");
      }
      rename(place, "other", "compatible_with");
      node.store.snapshot().close();
      assertThat(node.owned(node.samples.endpoint())).isNotNull();
    }
  }

  private static void rename(TestDatabase place, String before, String after) {
    place.execute("ALTER TABLE hookferry_schema_version RENAME COLUMN " + before + " TO " + after);
  }
}
