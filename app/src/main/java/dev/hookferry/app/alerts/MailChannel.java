package dev.hookferry.app.alerts;

import dev.hookferry.app.config.SmtpConfig;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.logging.Causes;
import jakarta.mail.Address;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** E-mail channel over SMTP. Each step has a time limit, and so has each message as a whole. */
final class MailChannel implements AlertChannel {
  private static final Logger LOG = LoggerFactory.getLogger(MailChannel.class);
  private static final String LIMIT = "10000";

  /** The first digit of the reply codes for temporary refusals. */
  private static final int TEMPORARY = 4;

  private final SmtpConfig config;
  private final Duration timeout;

  MailChannel(SmtpConfig config) {
    this(config, Duration.ofMinutes(1));
  }

  /**
   * Creates a channel.
   *
   * @param timeout the total time limit for the responses to one message, exceeded by at most 10 s
   */
  MailChannel(SmtpConfig config, Duration timeout) {
    this.config = config;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public List<String> recipients() {
    return config.to();
  }

  @Override
  public Map<String, RecipientRefusal> send(AlertMessage message, List<String> recipients)
      throws AlertException {
    try {
      Session session = session();
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom(new InternetAddress(config.from()));
      for (String to : recipients) {
        mail.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
      }
      mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
      mail.setText(message.text(), StandardCharsets.UTF_8.name());
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now()));
      mail.saveChanges();
      send(session, mail);
      return Map.of();
    } catch (SendFailedException e) {
      Map<String, RecipientRefusal> refused = refused(e);
      Address[] accepted = e.getValidSentAddresses();
      boolean isAccepted = accepted != null && accepted.length > 0;
      if (isAccepted || refused.keySet().containsAll(recipients)) {
        return refused;
      }
      throw new AlertException(Causes.inWords(e));
    } catch (MessagingException e) {
      throw new AlertException(Causes.inWords(e));
    }
  }

  /** Sends a mail. Only logs a failure to disconnect. */
  private static void send(Session session, MimeMessage mail) throws MessagingException {
    Transport transport = session.getTransport();
    try {
      transport.connect();
      transport.sendMessage(mail, mail.getAllRecipients());
    } finally {
      try {
        transport.close();
      } catch (MessagingException e) {
        LOG.debug("connection to the mail server not closed properly", e);
      }
    }
  }

  /** Returns the refusals of the mail server by recipient. */
  private static Map<String, RecipientRefusal> refused(MessagingException failure) {
    Map<String, RecipientRefusal> refused = new LinkedHashMap<>();
    Exception next = failure;
    while (next instanceof MessagingException one) {
      if (one instanceof SMTPAddressFailedException about) {
        String reason = AlertException.inOneLine(String.valueOf(about.getMessage()));
        boolean isTemporary = about.getReturnCode() / 100 == TEMPORARY;
        refused.put(about.getAddress().getAddress(), new RecipientRefusal(reason, isTemporary));
      }
      next = one.getNextException();
    }
    return refused;
  }

  private static OffsetDateTime now() {
    return InstantSource.system().instant().atOffset(ZoneOffset.UTC);
  }

  private Session session() {
    String prefix = config.tls() == SmtpConfig.Tls.TLS ? "mail.smtps." : "mail.smtp.";
    Properties properties = new Properties();
    properties.setProperty(
        "mail.transport.protocol", config.tls() == SmtpConfig.Tls.TLS ? "smtps" : "smtp");
    properties.put(prefix + "socketFactory", new MailSockets(timeout));
    properties.setProperty(prefix + "socketFactory.fallback", "false");
    // A mail server that does not respond to QUIT has accepted the message nevertheless.
    properties.setProperty(prefix + "quitwait", "false");
    // A refused recipient does not prevent delivery to the others.
    properties.setProperty(prefix + "sendpartial", "true");
    properties.setProperty(prefix + "host", config.host());
    properties.setProperty(prefix + "port", Integer.toString(config.port()));
    properties.setProperty(prefix + "connectiontimeout", LIMIT);
    properties.setProperty(prefix + "timeout", LIMIT);
    properties.setProperty(prefix + "writetimeout", LIMIT);
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    boolean starts = config.tls() == SmtpConfig.Tls.STARTTLS;
    properties.setProperty(prefix + "starttls.enable", Boolean.toString(starts));
    properties.setProperty(prefix + "starttls.required", Boolean.toString(starts));
    String user = config.user();
    if (user == null) {
      return Session.getInstance(properties);
    }
    properties.setProperty(prefix + "auth", "true");
    SecretText password = config.password();
    PasswordAuthentication login =
        new PasswordAuthentication(user, password == null ? "" : password.text());
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return login;
          }
        });
  }
}
