package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on searching find what it says. */
class SearchExampleTest {
  @TempDir Path folder;

  @Test
  void theCommandsFindTheEvent() throws IOException {
    try (ManualServer server = ManualServer.inMemory(folder)) {
      List<String> printed =
          ManualPage.blocks("search.md", "sh").get(0).lines().map(server::typed).toList();

      assertThat(printed.get(0)).contains("searchFields: none → ActivationKey,Customer.Id");
      assertThat(printed.subList(2, 4))
          .allSatisfy(
              table ->
                  assertThat(table)
                      .hasLineCount(2)
                      .contains("ActivationKey=HF4T0-7QWK2 Customer.Id=4711"));
      assertThat(printed.get(4)).hasLineCount(2).contains("ActivationKey");
      List<String> more =
          ManualPage.blocks("search.md", "sh").get(1).lines().map(server::typed).toList();
      assertThat(more.get(0)).contains("no deliveries");
      assertThat(more.get(1)).contains("nothing to replay");
    }
  }
}
