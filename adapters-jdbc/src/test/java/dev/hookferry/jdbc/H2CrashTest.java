package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.EndpointId;
import dev.hookferry.store.commit.Batch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2's file after its process was killed. */
final class H2CrashTest {
  @Test
  void leavesAFileThatHoldsWhatWasCommitted(@TempDir Path folder) throws Exception {
    try (TestNode node = new TestNode(new H2File(folder).url())) {
      EndpointId endpoint = node.samples.endpoint();
      Batch batch = node.oneEvent(endpoint);
      node.commit(batch);

      Path copy = Files.createDirectory(folder.resolve("killed"));
      Files.copy(folder.resolve("hookferry.mv.db"), copy.resolve("hookferry.mv.db"));
      try (TestNode next = new TestNode(new H2File(copy).url())) {
        assertThat(next.claim(endpoint)).containsExactly(TestNode.delivery(batch));
      }
    }
  }

  /** Else a kill can come between two parts of the file of which one refers to the other. */
  @Test
  void leavesAllWritingToThoseWhoCommit(@TempDir Path folder) {
    H2File database = new H2File(folder);
    try (TestNode node = new TestNode(database.url())) {
      node.commit(node.oneEvent(node.samples.endpoint()));

      assertThat(
              database.query(
                  "SELECT setting_value FROM information_schema.settings"
                      + " WHERE setting_name = 'WRITE_DELAY'"))
          .containsOnly("0");
    }
  }
}
