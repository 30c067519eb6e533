package dev.hookferry.http.console;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.event.EventId;
import dev.hookferry.event.EventType;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.RefusedException;
import java.util.List;

/** Publishes an event by hand, and leads to the page on which its deliveries can be followed. */
final class SendPage {
  private final Webhooks webhooks;
  private final Frames frames;

  SendPage(Webhooks webhooks, Frames frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * What is shown.
   *
   * @param types what can be sent, each with its sample
   * @param type the chosen one
   * @param data as typed, or the sample
   * @param id as typed
   * @param most how many bytes the data may have
   * @param problems what is wrong with that
   */
  record View(
      List<Sample> types, String type, String data, String id, int most, List<Problem> problems) {
    /** What is wrong with a field, or an empty text. */
    String wrong(String field) {
      return Wrong.with(field, problems);
    }
  }

  /** An event type with what its object may look like. */
  record Sample(String type, String data) {}

  ConsoleReply show(Visit visit) {
    String asked = visit.query().text("type");
    String type =
        types(visit).stream()
            .map(Sample::type)
            .filter(asked::equals)
            .findFirst()
            .orElse("license_created");
    return form(visit, 200, new Typed(type, Samples.of(type), ""), List.of());
  }

  private record Typed(String type, String data, String id) {}

  ConsoleReply publish(Visit visit) {
    Values form = visit.form();
    // Browsers write line breaks of forms as CR LF; people mean line breaks.
    String data = form.raw("data").replace("\r\n", "\n").strip();
    Typed typed = new Typed(form.text("type"), data, form.text("id"));
    Receipt receipt;
    try {
      receipt = Done.of(visit.webhooks().publish(visit.site(), event(typed)));
    } catch (InvalidException e) {
      return form(visit, 400, typed, e.problems());
    } catch (RefusedException e) {
      return form(visit, 409, typed, List.of(new Problem("", String.valueOf(e.getMessage()))));
    }
    String page = visit.can(Scope.READ) ? "/events/" + receipt.id() : "/send";
    return visit.done(visit.path(page), told(receipt));
  }

  private static NewEvent event(Typed typed) {
    Problems problems = new Problems();
    EventType type = problems.collect("", () -> new EventType(typed.type()));
    var data = problems.collect("", () -> JsonText.data(typed.data()));
    EventId id = typed.id().isEmpty() ? null : problems.collect("", () -> new EventId(typed.id()));
    problems.throwIfAny();
    if (type == null || data == null) {
      throw new IllegalStateException("what is missing is a problem");
    }
    return new NewEvent(type, data, id, null, null);
  }

  private static String told(Receipt receipt) {
    String known =
        receipt.repeated()
            ? "This event was published before, so nothing is sent twice: "
            : "Published: ";
    return known
        + receipt.id()
        + switch (receipt.deliveries()) {
          case 0 -> ". No endpoint wants it.";
          case 1 -> ", with one delivery.";
          default -> ", with " + receipt.deliveries() + " deliveries.";
        };
  }

  private List<Sample> types(Visit visit) {
    return webhooks.settings().get(visit.site()).catalog().types().stream()
        .map(type -> new Sample(type.name(), Samples.of(type.name())))
        .toList();
  }

  private ConsoleReply form(Visit visit, int status, Typed typed, List<Problem> problems) {
    Frame frame = frames.of(visit, Nav.SEND, "Send");
    View view =
        new View(types(visit), typed.type(), typed.data(), typed.id(), Events.MAX_DATA, problems);
    return Html.page(status, (out, i) -> JteSendGenerated.render(out, i, frame, view));
  }
}
