package dev.hookferry.app.cli.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PropertiesFileTest {
  @TempDir private Path folder;

  @Test
  void isReadInUtf8AndInOrder() throws IOException {
    Map<String, String> values =
        read(
            "\ufeff# remark\n"
                + "license_created=http://127.0.0.1:9901/crm; http://127.0.0.1:9901/mail ;\n"
                + "license_deleted=\n"
                + "webHookSecretKey = clé-Ω\n"
                + "webHookMaxRetries:4\n");
    assertThat(values)
        .containsExactly(
            Map.entry("license_created", "http://127.0.0.1:9901/crm; http://127.0.0.1:9901/mail ;"),
            Map.entry("license_deleted", ""),
            Map.entry("webHookSecretKey", "clé-Ω"),
            Map.entry("webHookMaxRetries", "4"));
  }

  @Test
  void writtenPropertiesAreReadBackUnchanged() throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("a", "http://x/?q=1:2#f;http://y/");
    values.put("b", " leading and \\ back\\slash\t\n");
    values.put("c", "");
    values.put("d", "Ω !#=:");
    assertThat(read(PropertiesFile.write(values))).isEqualTo(values);
    assertThat(PropertiesFile.write(Map.of("a", "http://x/"))).isEqualTo("a=http://x/\n");
  }

  @Test
  void refusesWhatWouldLoseSomething() throws IOException {
    assertThatThrownBy(() -> read("a=1\nb=2\na=3\n"))
        .hasMessageEndingWith("has duplicate names: a");
    assertThatThrownBy(() -> read("a=\\u12\n")).hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> PropertiesFile.read(folder.resolve("none")))
        .hasMessageContaining("no such file");
    Path latin = folder.resolve("latin");
    Files.write(latin, "a=é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> PropertiesFile.read(latin)).hasMessageEndingWith("is not UTF-8");
  }

  private Map<String, String> read(String text) throws IOException {
    return PropertiesFile.read(Files.writeString(folder.resolve("x.properties"), text));
  }
}
