package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The programs of the page on generated clients are those that {@link GeneratedClientsTest} runs.
 */
class ClientExamplesTest {
  private static final Path CLIENTS = Path.of("src/test/clients");

  @Test
  void manualShowsTheTestedTypeScriptProgram() throws IOException {
    assertThat(ManualPage.blocks("clients.md", "ts"))
        .containsExactly(JavaBlock.read(CLIENTS.resolve("typescript/publish-order.ts")));
  }
}
