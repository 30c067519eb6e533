package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page for authors of stores, on the class path of a server. */
class StoreProviderExampleTest {
  @TempDir Path folder;

  @Test
  void theServerOpensTheStoreThatItsSettingNames() throws Exception {
    assertThat(serve("single-file:" + folder.resolve("store") + "?password=hush"))
        .contains("ready ", "/store?password=********\"")
        .doesNotContain("hush");
    assertThat(folder.resolve("store?password=hush")).exists();
    assertThat(serve("mine:anything"))
        .contains("store must be file:DIR, memory, a JDBC URL", "SCHEME:… of a custom store");
  }

  /** Returns what a server prints until it is ready or ends. */
  private String serve(String store) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-cp",
                JavaBlock.classPath(),
                "dev.hookferry.app.Main",
                "serve",
                "--port",
                "0",
                "--store",
                store)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    command.environment().keySet().removeIf(name -> name.startsWith("HOOKFERRY_"));
    Process server = command.start();
    StringBuilder printed = new StringBuilder();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        printed.append(line).append('\n');
        line = line.contains(" ready ") ? null : lines.readLine();
      }
    } finally {
      server.destroy();
      assertThat(server.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }
    return printed.toString();
  }
}
