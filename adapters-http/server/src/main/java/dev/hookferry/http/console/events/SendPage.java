package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.SamplePayloads;
import dev.hookferry.http.console.text.TypedJson;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.RefusedException;
import java.util.List;

/** Publishes a test event, and leads to a page that follows its deliveries. */
public final class SendPage {
  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public SendPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param types event types to choose from, each with a sample
   * @param type the selected type
   * @param data as typed, or the sample
   * @param id as typed
   * @param most maximum size of the data in bytes
   * @param problems what is wrong with the form
   */
  public record View(
      List<Sample> types, String type, String data, String id, int most, List<Problem> problems) {
    /** Returns the message for a field, or an empty text. */
    public String wrong(String field) {
      return FieldErrors.with(field, problems);
    }
  }

  /** An event type with a sample object. */
  public record Sample(String type, String data) {}

  public ConsoleReply show(Visit visit) {
    String asked = visit.query().text("type");
    String type =
        types(visit).stream()
            .map(Sample::type)
            .filter(asked::equals)
            .findFirst()
            .orElse("license_created");
    return form(visit, 200, new Typed(type, SamplePayloads.of(type), ""), List.of());
  }

  private record Typed(String type, String data, String id) {}

  public ConsoleReply publish(Visit visit) {
    FormValues form = visit.form();
    // Browsers submit line breaks as CR LF; people mean LF.
    String data = form.raw("data").replace("\r\n", "\n").strip();
    Typed typed = new Typed(form.text("type"), data, form.text("id"));
    Receipt receipt;
    try {
      receipt = FutureResult.of(visit.webhooks().publish(visit.site(), event(typed)));
    } catch (InvalidException e) {
      return form(visit, 400, typed, e.problems());
    } catch (RefusedException e) {
      return form(visit, 409, typed, List.of(new Problem("", String.valueOf(e.getMessage()))));
    }
    String page = visit.can(Scope.READ) ? "/events/" + receipt.id() : "/send";
    return visit.done(visit.path(page), summary(receipt));
  }

  private static NewEvent event(Typed typed) {
    Problems problems = new Problems();
    EventType type = problems.collect("", () -> new EventType(typed.type()));
    var data = problems.collect("", () -> TypedJson.data(typed.data()));
    EventId id = typed.id().isEmpty() ? null : problems.collect("", () -> new EventId(typed.id()));
    problems.throwIfAny();
    if (type == null || data == null) {
      throw new IllegalStateException("a missing field must be a problem");
    }
    NewEvent event = NewEvent.of(type, data);
    return id == null ? event : event.id(id);
  }

  private static String summary(Receipt receipt) {
    String known =
        receipt.repeated() ? "Already published, nothing is sent twice: " : "Published: ";
    return known
        + receipt.id()
        + switch (receipt.deliveries()) {
          case 0 -> ". No endpoint is subscribed to it.";
          case 1 -> ", with one delivery.";
          default -> ", with " + receipt.deliveries() + " deliveries.";
        };
  }

  private List<Sample> types(Visit visit) {
    return webhooks.settings().get(visit.site()).catalog().types().stream()
        .map(type -> new Sample(type.name(), SamplePayloads.of(type.name())))
        .toList();
  }

  private ConsoleReply form(Visit visit, int status, Typed typed, List<Problem> problems) {
    Frame frame = frames.of(visit, Nav.SEND, "Send");
    View view =
        new View(types(visit), typed.type(), typed.data(), typed.id(), Events.MAX_DATA, problems);
    return TemplateRenderer.page(status, (out, i) -> JteSendGenerated.render(out, i, frame, view));
  }
}
