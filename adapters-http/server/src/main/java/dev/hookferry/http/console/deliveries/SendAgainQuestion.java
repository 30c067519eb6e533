package dev.hookferry.http.console.deliveries;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.TemplateRenderer;
import java.util.List;

/**
 * Asks for confirmation before delivered events are sent again.
 *
 * @param action path that the confirmation is sent to
 * @param back path to return to without a change
 * @param field form field of the ids
 * @param ids all selected ids
 * @param delivered the selected ones that were delivered already
 */
public record SendAgainQuestion(
    String action, String back, String field, List<String> ids, List<DeliveryRow> delivered) {
  /** Form field of the confirmation. */
  public static final String CONFIRMED = "confirmed";

  private static final int MOST_NAMED = 20;

  public List<DeliveryRow> named() {
    return delivered.stream().limit(MOST_NAMED).toList();
  }

  public int others() {
    return Math.max(0, delivered.size() - MOST_NAMED);
  }

  /** Returns the number of delivered ones, such as {@code 2 of the 5 selected were}. */
  public String counted() {
    return ids.size() == 1
        ? "It was"
        : delivered.size() + " of the " + ids.size() + " selected were";
  }

  public ConsoleReply confirm(Frame frame) {
    return TemplateRenderer.page((out, i) -> JteSendAgainGenerated.render(out, i, frame, this));
  }
}
