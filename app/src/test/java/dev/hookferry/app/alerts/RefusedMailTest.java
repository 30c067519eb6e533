package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.config.SmtpConfig;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One recipient that the mail server refuses does not silence the others. */
final class RefusedMailTest {
  private static final RecipientRefusal UNKNOWN = new RecipientRefusal("550 no such user", false);
  private static final AlertMessage MESSAGE = new AlertMessage("subject", List.of("text"));

  @TempDir private Path folder;

  private final RefusingMailServer server = new RefusingMailServer();

  @AfterEach
  void close() {
    server.close();
  }

  private MailChannel channel(String... to) {
    return new MailChannel(
        new SmtpConfig(
            "127.0.0.1",
            server.port(),
            SmtpConfig.Tls.NONE,
            null,
            null,
            "hookferry@example.com",
            List.of(to)));
  }

  private Map<String, RecipientRefusal> send(String... to) throws AlertException {
    return channel(to).send(MESSAGE, List.of(to));
  }

  @Test
  void theOthersGetTheMessage() throws AlertException {
    assertThat(send("gone@example.com", "ops@example.com"))
        .isEqualTo(Map.of("gone@example.com", UNKNOWN));
    assertThat(send("ops@example.com", "gone-too@example.com", "boss@example.com"))
        .isEqualTo(Map.of("gone-too@example.com", UNKNOWN));
    assertThat(server.accepted())
        .containsExactly("ops@example.com", "ops@example.com boss@example.com");
  }

  @Test
  void ifAllAreRefusedEachHasItsReason() throws AlertException {
    assertThat(send("gone@example.com", "gone-too@example.com"))
        .containsOnlyKeys("gone@example.com", "gone-too@example.com");
    assertThat(server.accepted()).isEmpty();
  }

  @Test
  void recognizesATemporaryRefusal() throws AlertException {
    assertThat(send("ops@example.com", "grey@example.com"))
        .isEqualTo(Map.of("grey@example.com", new RecipientRefusal("450 4.7.1 greylisted", true)));
  }

  @Test
  void aGreylistedRecipientAloneIsTriedAgain() {
    try (ChannelWorker worker =
        new ChannelWorker(channel("ops@example.com", "grey@example.com", "gone@example.com"), 1)) {
      worker.send(MESSAGE);
      worker.send(MESSAGE);
      Poll.until(() -> server.accepted().size() == 3);
    }
    assertThat(server.accepted())
        .containsExactly("ops@example.com", "grey@example.com", "ops@example.com grey@example.com");
  }

  /** Takes messages for everyone but some. */
  private record PickyChannel(
      List<String> recipients, Map<String, RecipientRefusal> refused, List<String> sent)
      implements AlertChannel {
    @Override
    public String name() {
      return "picky";
    }

    @Override
    public Map<String, RecipientRefusal> send(AlertMessage message, List<String> to) {
      sent.add(message.subject());
      return refused;
    }
  }

  @Test
  void aMessageIsSentAgainOnlyIfNobodyGotIt() {
    List<String> sent = Collections.synchronizedList(new ArrayList<>());
    AlertMessage next = new AlertMessage("next", List.of());
    List<String> both = List.of("a", "b");
    try (ChannelWorker worker =
        new ChannelWorker(new PickyChannel(both, Map.of("a", UNKNOWN), sent), 1)) {
      worker.send(MESSAGE);
      worker.send(next);
      Poll.until(() -> sent.contains("next"));
      assertThat(List.copyOf(sent)).containsExactly("subject", "next");
    }
    sent.clear();
    try (ChannelWorker worker =
        new ChannelWorker(new PickyChannel(both, Map.of("a", UNKNOWN, "b", UNKNOWN), sent), 1)) {
      worker.send(MESSAGE);
      worker.send(next);
      Poll.until(() -> sent.contains("next"));
      assertThat(List.copyOf(sent))
          .startsWith("subject", "subject", "subject", "subject", "subject", "next");
    }
  }

  @Test
  void theTestPrintsALineForEachRecipient() throws IOException {
    String yaml =
        """
        alerts:
          email:
            to: [ops@example.com, gone@example.com]
            from: hookferry@example.com
          smtp:
            host: 127.0.0.1
            port: %d
            tls: none
        """;
    Path config = folder.resolve("hookferry.yaml");
    Files.writeString(config, yaml.formatted(server.port()));
    CommandResult typed = CommandResult.run("alerts", "test", "--config", config.toString());
    assertThat(typed.out().lines())
        .containsExactly(
            "email ops@example.com: sent", "email gone@example.com: failed: 550 no such user");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(CommandResult.run("alerts", "test", "--config", config.toString(), "--json").out())
        .contains("\"recipient\"", "gone@example.com");
  }
}
