package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the committed document equal to the one assembled from route and field tables. */
class OpenApiFileTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/hookferry/http/api/openapi.json");
  private static final String WRITE =
      "mvn -q test -pl adapters-http/server -am -Dtest=OpenApiFileTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dhookferry.openapi.write=true";

  @Test
  void itIsWhatIsAssembled() throws IOException {
    String assembled = OpenApiDocument.text();
    if (Boolean.getBoolean("hookferry.openapi.write")) {
      Files.writeString(FILE, assembled);
    }
    assertThat(Files.readString(FILE)).as("to write it: %s", WRITE).isEqualTo(assembled);
  }
}
