package dev.hookferry.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.config.LogConfig;
import dev.hookferry.app.config.LogFormat;
import dev.hookferry.app.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LogsTest {
  private static final Logger OURS = LoggerFactory.getLogger("dev.hookferry.test");
  private static final Logger THEIRS = LoggerFactory.getLogger("org.example.library");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void silence() {
    Logs.off();
  }

  @Test
  void aLineIsASentenceWithWhatItIsAbout() {
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.INFO));
    OURS.atInfo().addKeyValue("port", 8087).addKeyValue("node", "a b").log("ready");
    assertThat(text())
        .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z INFO  ready port=8087 node=\"a b\"\\R");
  }

  @Test
  void nobodyOutsideCanWriteALineOfTheLog() {
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.INFO));
    OURS.atInfo().addKeyValue("url", "x\n2026 ERROR \"forged\"\u2028").log("a\r\nb");
    assertThat(text().lines())
        .singleElement()
        .asString()
        .endsWith("a\\r\\nb url=\"x\\n2026 ERROR \\\"forged\\\"\\u2028\"");
  }

  @Test
  void aJsonLineIsOneObject() throws IOException {
    Logs.to(out, new LogConfig(LogFormat.JSON, LogLevel.INFO));
    OURS.atWarn().addKeyValue("n", 7).addKeyValue("who", "Zoë \"q\"\n").log("it\nfailed");
    assertThat(text().lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(text());
    assertThat(line.path("level").asText()).isEqualTo("warn");
    assertThat(line.path("message").asText()).isEqualTo("it\nfailed");
    assertThat(line.path("n").asInt()).isEqualTo(7);
    assertThat(line.path("who").asText()).isEqualTo("Zoë \"q\"\n");
  }

  @Test
  void librariesDoNotDebugEvenIfWeDo() {
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.DEBUG));
    THEIRS.debug("POST {\"secret\":1}");
    THEIRS.info("hello");
    OURS.debug("ours");
    THEIRS.warn("theirs");
    assertThat(text().lines()).hasSize(2).first().asString().endsWith("DEBUG ours");
  }

  @Test
  void aStackIsWrittenOnlyWhereItWasGiven() {
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.INFO));
    OURS.debug("in full", new IllegalStateException("x"));
    assertThat(text()).isEmpty();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
