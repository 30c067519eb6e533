package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.hookferry.app.config.SmtpConfig;
import dev.hookferry.app.config.SmtpConfig.Tls;
import dev.hookferry.app.config.value.SecretText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail and the password go over an encrypted connection to a trusted server, or not at all. */
@Timeout(60)
final class EncryptedMailTest {
  private static final List<String> TO = List.of("ops@example.com");
  private static final AlertMessage MESSAGE = new AlertMessage("subject", List.of("text"));

  private static void send(int port, Tls tls) throws AlertException {
    SecretText password = new SecretText("s3cret");
    SmtpConfig config =
        new SmtpConfig("127.0.0.1", port, tls, "alerts", password, "hookferry@example.com", TO);
    assertThat(new MailChannel(config).send(MESSAGE, TO)).isEmpty();
  }

  @Test
  void aServerWithoutStarttlsGetsNeitherMailNorPassword() {
    try (RefusingMailServer server = new RefusingMailServer()) {
      assertThatThrownBy(() -> send(server.port(), Tls.STARTTLS))
          .isInstanceOf(AlertException.class)
          .hasMessageContaining("STARTTLS is required");

      assertThat(server.commands()).singleElement().asString().startsWith("EHLO ");
      assertThat(server.accepted()).isEmpty();
    }
  }

  /** Shows what the test above would see without the requirement. */
  @Test
  void withoutTlsTheServerGetsBoth() throws AlertException {
    try (RefusingMailServer server = new RefusingMailServer()) {
      send(server.port(), Tls.NONE);

      assertThat(server.commands()).anyMatch(command -> command.startsWith("AUTH "));
      assertThat(server.accepted()).containsExactly("ops@example.com");
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    try {
      mail.start();
      mail.setUser("alerts", "s3cret");
      assertThatThrownBy(() -> send(mail.getSmtps().getPort(), Tls.TLS))
          .isInstanceOf(AlertException.class)
          .hasMessageContaining("unable to find valid certification path");

      assertThat(mail.getReceivedMessages()).isEmpty();
    } finally {
      mail.stop();
    }
  }
}
