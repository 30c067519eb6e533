package dev.hookferry.http.console.endpoints;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page that verifies a received message with a secret. The secret is used once and is neither
 * stored nor logged nor shown again.
 */
public final class VerifyPage {
  private final FrameRenderer frames;

  public VerifyPage(FrameRenderer frames) {
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param body as pasted
   * @param headers as pasted, one per line
   * @param profile the signature to check, or empty to derive it from the format of the secret
   * @param report the result, or null before the first check
   * @param wrong the error in the input, or empty
   */
  public record View(
      String body, String headers, String profile, @Nullable Report report, String wrong) {}

  /**
   * Result of a check.
   *
   * @param trusted whether a receiver can trust the message
   * @param verdict the result in a sentence
   * @param lines one for each signature of the message
   */
  public record Report(boolean trusted, String verdict, List<Line> lines) {}

  /** A signature of the message. */
  public record Line(String header, String value, StatePill pill, String why) {}

  public ConsoleReply show(Visit visit) {
    return page(visit, 200, new View("", "", "", null, ""));
  }

  public ConsoleReply check(Visit visit) {
    FormValues form = visit.form();
    String secret = form.raw("secret");
    // Browsers submit line breaks as CR LF, whatever was pasted.
    String body = form.raw("body").replace("\r\n", "\n");
    String headers = form.raw("headers").replace("\r\n", "\n");
    String profile = form.text("profile");
    String wrong = "";
    if (secret.isEmpty() && form.has("filled")) {
      return page(visit, 200, new View(body, headers, profile, null, ""));
    }
    if (secret.isEmpty()) {
      wrong =
          "Paste the secret as well: the value of webHookSecretKey, or the endpoint's own, such as"
              + " one that begins with whsec_.";
    } else if (headers.isBlank()) {
      wrong = "Paste the headers as well: at least the one with the signature.";
    }
    if (!wrong.isEmpty()) {
      return page(visit, 400, new View(body, headers, profile, null, wrong));
    }
    PastedMessage message = new PastedMessage(body, headers, Words.ENGLISH);
    try {
      Report report =
          profile.isEmpty()
              ? message.check(secret, visit.now())
              : message.check(Signature.parse(profile), secret, visit.now());
      return page(visit, 200, new View(body, headers, profile, report, ""));
    } catch (InvalidException e) {
      String rule = e.problems().get(0).field() + " " + e.problems().get(0).reason() + ".";
      return page(visit, 400, new View(body, headers, profile, null, rule));
    }
  }

  private ConsoleReply page(Visit visit, int status, View view) {
    Frame frame = frames.of(visit, Nav.VERIFY, "Verify");
    return TemplateRenderer.page(
        status, (out, i) -> JteVerifyGenerated.render(out, i, frame, view));
  }
}
