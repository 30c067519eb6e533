package dev.hookferry.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.config.LogConfig;
import dev.hookferry.app.config.LogConfig.LoggerLevel;
import dev.hookferry.app.config.LogFormat;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.refusal.InvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  void lineIsAMessageWithItsFields() {
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
  void pairsInAMessageAreFields() throws IOException {
    Logs.to(out, new LogConfig(LogFormat.JSON, LogLevel.INFO));
    System.getLogger("dev.hookferry.outbox")
        .log(
            System.Logger.Level.WARNING,
            "outbox row rejected outbox={0} event={1} suppressed={2} cause={3}",
            "o table=t",
            "4711",
            "12",
            "\"no \\\"x\\\" in C:\\\\a site=b\"");
    JsonNode line = new ObjectMapper().readTree(text());
    assertThat(line.path("message").asText()).isEqualTo("outbox row rejected");
    assertThat(line.path("outbox").asText()).isEqualTo("o");
    assertThat(line.path("table").asText()).isEqualTo("t");
    assertThat(line.path("event").isTextual()).as("an id may be a number").isTrue();
    assertThat(line.path("suppressed").isNumber()).isTrue();
    assertThat(line.path("cause").asText()).isEqualTo("no \"x\" in C:\\a site=b");
    assertThat(line.has("site")).isFalse();
  }

  @Test
  void anUnquotedCauseIsTheRestAndAPathMayHaveSpaces() throws IOException {
    Logs.to(out, new LogConfig(LogFormat.ECS, LogLevel.INFO));
    OURS.warn("checkpoint not usable: it is old directory=/a b/c cause=java.io.IOException: x y=z");
    JsonNode line = new ObjectMapper().readTree(text());
    assertThat(line.path("message").asText()).isEqualTo("checkpoint not usable: it is old");
    assertThat(line.path("hookferry.directory").asText()).isEqualTo("/a b/c");
    assertThat(line.path("hookferry.cause").asText()).isEqualTo("java.io.IOException: x y=z");
  }

  @Test
  void pairsOfTheEventComeAfterThoseOfItsMessage() throws IOException {
    Logs.to(out, new LogConfig(LogFormat.JSON, LogLevel.INFO));
    OURS.atWarn().addKeyValue("cause", "c").log("not counted delivery=dlv_1");
    assertThat(text())
        .contains("\"message\":\"not counted\",\"delivery\":\"dlv_1\",\"cause\":\"c\"");
  }

  @Test
  void unparsableAndForeignMessagesStayWhole() {
    Logs.to(out, new LogConfig(LogFormat.JSON, LogLevel.INFO));
    OURS.warn("failed reason=\"open");
    OURS.warn("failed reason=\"a\" and more");
    THEIRS.warn("pool total=10");
    assertThat(text())
        .contains(
            "\"failed reason=\\\"open\"",
            "\"failed reason=\\\"a\\\" and more\"",
            "\"pool total=10\"");
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
  void debugStackIsNotWrittenAtInfo() {
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.INFO));
    OURS.debug("in full", new IllegalStateException("x"));
    assertThat(text()).isEmpty();
  }

  @Test
  void aWarningHasItsCauseInTheLineAndAnErrorItsStack() {
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.INFO));
    IOException full = new IOException("no space left");
    OURS.warn("index not written", full);
    assertThat(text().lines())
        .singleElement()
        .asString()
        .endsWith("WARN  index not written cause=\"IOException: no space left\"");
    OURS.error("internal error", full);
    assertThat(text()).contains("\tat ");
  }

  @Test
  void aLoggerAtDebugWritesTheStackOfAWarning() {
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.DEBUG));
    OURS.warn("index not written", new IOException("no space left"));
    assertThat(text()).contains("WARN  index not written" + System.lineSeparator(), "\tat ");
  }

  @Test
  void anEcsLineHasTheNamesOfTheSchema() throws IOException {
    Logs.to(out, new LogConfig(LogFormat.ECS, LogLevel.INFO));
    OURS.atWarn()
        .setCause(new IllegalStateException("x"))
        .addKeyValue("event", "evt_1")
        .addKeyValue("ms", 7)
        .addKeyValue("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")
        .addKeyValue("spanId", "00f067aa0ba902b7")
        .log("attempt failed");
    assertThat(text()).startsWith("{\"@timestamp\":\"").contains("\",\"log.level\":\"WARN\",");
    JsonNode line = new ObjectMapper().readTree(text());
    assertThat(line.path("message").asText()).isEqualTo("attempt failed");
    assertThat(line.path("ecs.version").asText()).isEqualTo("8.11.0");
    assertThat(line.path("service.name").asText()).isEqualTo("hookferry");
    assertThat(line.path("log.logger").asText()).isEqualTo("dev.hookferry.test");
    assertThat(line.path("hookferry.event").asText()).isEqualTo("evt_1");
    assertThat(line.path("hookferry.ms").asInt()).isEqualTo(7);
    assertThat(line.path("trace.id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(line.path("span.id").asText()).isEqualTo("00f067aa0ba902b7");
    assertThat(line.path("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.path("error.stack_trace").asText()).contains("LogsTest");
  }

  @Test
  void aLoggerHasALevelOfItsOwn() {
    List<LoggerLevel> levels =
        List.of(
            new LoggerLevel("org.example", LogLevel.INFO),
            new LoggerLevel("dev.hookferry.test", LogLevel.ERROR));
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.INFO, levels, null));
    THEIRS.info("theirs");
    THEIRS.debug("too much");
    OURS.warn("not wanted");
    assertThat(text().lines()).singleElement().asString().endsWith("INFO  theirs");
  }

  @Test
  void aLogbackConfigurationReplacesFormatAndLevel(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("hookferry.log");
    Path file = folder.resolve("logback.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <appender name="FILE" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder class="ch.qos.logback.core.encoder.LayoutWrappingEncoder">
              <layout class="dev.hookferry.app.logging.EcsLayout"/>
            </encoder>
          </appender>
          <root level="info"><appender-ref ref="FILE"/></root>
        </configuration>
        """
            .formatted(log));
    Logs.to(out, new LogConfig(LogFormat.TEXT, LogLevel.ERROR, List.of(), file));
    OURS.info("hello");
    assertThat(text()).isEmpty();
    assertThat(log).content().contains("\"message\":\"hello\"");
  }

  @Test
  void refusesANonXmlLogbackConfiguration(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("logback.xml"), "<configuration>");
    LogConfig config = new LogConfig(LogFormat.TEXT, LogLevel.INFO, List.of(), file);
    assertThatThrownBy(() -> Logs.to(out, config))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("logConfig: names " + file);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
