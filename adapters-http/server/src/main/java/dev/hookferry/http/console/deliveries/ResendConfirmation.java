package dev.hookferry.http.console.deliveries;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import java.util.List;

/**
 * A confirmation page before delivered events are resent.
 *
 * @param action path that the confirmation is sent to
 * @param back path to return to without a change
 * @param field form field of the ids
 * @param ids all selected ids
 * @param choices all selected deliveries, the already delivered ones first
 * @param delivered number of already delivered ones
 * @param to the destination of the event if several are selected, such as {@code to 3 endpoints}
 */
public record ResendConfirmation(
    String action,
    String back,
    String field,
    List<String> ids,
    List<Choice> choices,
    int delivered,
    String to) {
  /** Form field of the confirmation. */
  public static final String CONFIRMED = "confirmed";

  private static final int MAX_NAMED = 20;

  /**
   * A delivery, or an endpoint that has none.
   *
   * @param path the row's link, relative to the site
   */
  public record Choice(
      StatePill pill, String type, String path, String name, String url, String attempts) {
    public static Choice of(DeliveryRow row) {
      return new Choice(
          row.pill(),
          row.type(),
          "/deliveries/" + row.id(),
          row.name(),
          row.url(),
          Integer.toString(row.attempts()));
    }

    /** Returns the choice for an endpoint that has not received the event. */
    public static Choice of(Endpoint endpoint, String type) {
      String path = "/endpoints/" + endpoint.id();
      String url = endpoint.url().text();
      String name = endpoint.name().isEmpty() ? url : endpoint.name();
      return new Choice(StatePill.UNSENT, type, path, name, url, "–");
    }
  }

  public List<Choice> named() {
    return choices.stream().limit(MAX_NAMED).toList();
  }

  public int others() {
    return Math.max(0, choices.size() - MAX_NAMED);
  }

  /** Returns the question, with the number of deliveries if there are several. */
  public String title() {
    return ids.size() == 1 ? "Resend a delivered event?" : "Send " + ids.size() + " deliveries?";
  }

  /** Returns which ones were already delivered and what their receivers will get, as a sentence. */
  public String consequence() {
    if (ids.size() == 1) {
      return choices.get(0).name() + " already has it and will get it again";
    }
    String those = delivered == ids.size() ? "All" : Integer.toString(delivered);
    return those + (delivered == 1 ? " was" : " were") + " already delivered and will arrive again";
  }

  /** Returns the text of the button, with the number of deliveries. */
  public String button() {
    return ids.size() == 1 ? "Resend" : "Send " + to;
  }

  public ConsoleReply confirm(Frame frame) {
    return TemplateRenderer.page(
        (out, i) -> JteResendConfirmationGenerated.render(out, i, frame, this));
  }
}
