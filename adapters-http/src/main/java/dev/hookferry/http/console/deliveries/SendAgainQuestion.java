package dev.hookferry.http.console.deliveries;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.TemplateRenderer;
import java.util.List;

/**
 * Asks before something that was delivered is sent again.
 *
 * @param action where the answer goes
 * @param back where those go who change their mind
 * @param field under which ids are given back
 * @param ids all that was chosen
 * @param delivered the chosen ones that were delivered already
 */
public record SendAgainQuestion(
    String action, String back, String field, List<String> ids, List<DeliveryRow> delivered) {
  /** A field of the form that says yes. */
  public static final String CONFIRMED = "confirmed";

  private static final int MOST_NAMED = 20;

  public List<DeliveryRow> named() {
    return delivered.stream().limit(MOST_NAMED).toList();
  }

  public int others() {
    return Math.max(0, delivered.size() - MOST_NAMED);
  }

  /** Such as {@code 2 of the 5 selected deliveries were}. */
  public String counted() {
    return ids.size() == 1
        ? "It was"
        : delivered.size() + " of the " + ids.size() + " selected were";
  }

  public ConsoleReply ask(Frame frame) {
    return TemplateRenderer.page((out, i) -> JteSendAgainGenerated.render(out, i, frame, this));
  }
}
