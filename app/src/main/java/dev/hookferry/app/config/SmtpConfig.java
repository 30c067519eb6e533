package dev.hookferry.app.config;

import dev.hookferry.app.config.value.SecretText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server, with the sender and the recipients of the mail sent through it.
 *
 * @param host the server's host
 * @param port the server's port
 * @param tls how the connection is encrypted
 * @param user the user, or null to send without authentication
 * @param password the password, or null
 * @param from the sender's address
 * @param to the recipients' addresses
 */
public record SmtpConfig(
    String host,
    int port,
    Tls tls,
    @Nullable String user,
    @Nullable SecretText password,
    String from,
    List<String> to) {
  public SmtpConfig {
    to = List.copyOf(to);
  }

  /** Encryption of the connection. */
  public enum Tls {
    /** The connection begins in the clear and must change to TLS. */
    STARTTLS,
    /** TLS from the beginning. */
    TLS,
    /** No encryption, for a mail server on this machine. */
    NONE
  }
}
