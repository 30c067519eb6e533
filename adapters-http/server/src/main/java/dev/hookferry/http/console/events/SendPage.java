package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.FutureResult;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.PairLines;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.console.text.SamplePayloads;
import dev.hookferry.http.console.text.TypedJson;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.RefusedException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Publishes a test event, and leads to a page that follows its deliveries. */
public final class SendPage {
  private static final String USUAL = "license_created";
  private static final int MAX_ROWS = 20;
  private static final int MAX_NAMES = 5;

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public SendPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param types event types to choose from
   * @param recipients which endpoints are subscribed to the chosen type, in a sentence
   * @param typed the form as typed, with a sample at first
   * @param most maximum size of the data in bytes
   * @param problems what is wrong with the form
   */
  public record View(
      List<String> types, String recipients, Typed typed, int most, List<Problem> problems) {
    public String type() {
      return typed.type();
    }

    public String data() {
      return typed.data();
    }

    /** Returns the height of the field for the data, in lines. */
    public int rows() {
      return Math.min(MAX_ROWS, (int) typed.data().lines().count() + 1);
    }

    public String id() {
      return typed.id();
    }

    /** Returns whether any optional field is filled in. */
    public boolean hasOptions() {
      return !typed.id().isEmpty() || !typed.labels().isEmpty() || !typed.deliverAt().isEmpty();
    }

    /** Returns the message for a field, or an empty text. */
    public String wrong(String field) {
      return FieldErrors.with(field, problems);
    }
  }

  /** An event type with a sample object. */
  private record Sample(String type, String data) {}

  public ConsoleReply show(Visit visit) {
    String asked = visit.query().text("type");
    List<Sample> types = types(visit);
    Sample sample =
        types.stream()
            .filter(each -> each.type().equals(asked))
            .findFirst()
            .orElseGet(() -> usual(types));
    return form(visit, 200, new Typed(sample.type(), sample.data(), "", "", ""), List.of());
  }

  /**
   * The form as typed.
   *
   * @param labels one per line, {@code name=value}
   * @param deliverAt in UTC, as browsers write it
   */
  public record Typed(String type, String data, String id, String labels, String deliverAt) {}

  public ConsoleReply publish(Visit visit) {
    FormValues form = visit.form();
    // Browsers submit line breaks as CR LF; people mean LF.
    String data = form.raw("data").replace("\r\n", "\n").strip();
    Typed typed =
        new Typed(
            form.text("type"), data, form.text("id"), form.raw("labels"), form.text("deliverAt"));
    Receipt receipt;
    try {
      receipt = FutureResult.of(visit.webhooks().publish(visit.site(), event(typed)));
    } catch (InvalidException e) {
      return form(visit, 400, typed, e.problems());
    } catch (RefusedException e) {
      return form(visit, 409, typed, List.of(new Problem("", String.valueOf(e.getMessage()))));
    }
    String page = visit.can(Scope.READ) ? "/events/" + receipt.id() : "/send";
    String rest = receipt.deliveries() == 0 ? "No endpoint is subscribed to it." : "";
    return visit.done(visit.path(page), summary(receipt), rest);
  }

  private static NewEvent event(Typed typed) {
    Problems problems = new Problems();
    EventType type = problems.collect("", () -> new EventType(typed.type()));
    var data = problems.collect("", () -> TypedJson.data(typed.data()));
    EventId id = typed.id().isEmpty() ? null : problems.collect("", () -> new EventId(typed.id()));
    var labels = problems.collect("", () -> PairLines.parse("labels", typed.labels()));
    Instant deliverAt =
        typed.deliverAt().isEmpty()
            ? null
            : problems.collect("", () -> ListFilters.time("deliverAt", typed.deliverAt()));
    problems.throwIfAny();
    if (type == null || data == null) {
      throw new IllegalStateException("a missing field must be a problem");
    }
    NewEvent event = NewEvent.of(type, data);
    event = id == null ? event : event.id(id);
    event = labels == null || labels.isEmpty() ? event : event.labels(labels);
    return deliverAt == null ? event : event.deliverAt(deliverAt);
  }

  private static String summary(Receipt receipt) {
    String known =
        receipt.repeated() ? "Already published, nothing is sent twice: " : "Published: ";
    return known
        + receipt.id()
        + switch (receipt.deliveries()) {
          case 0 -> ".";
          case 1 -> ", with one delivery.";
          default -> ", with " + receipt.deliveries() + " deliveries.";
        };
  }

  /** Returns the type to begin with: the first of the site's own ones, if it has any. */
  private static Sample usual(List<Sample> types) {
    return types.stream()
        .limit(1)
        .filter(first -> !EventCatalog.QLM_EVENTS.contains(new EventType(first.type())))
        .findFirst()
        .orElse(new Sample(USUAL, SamplePayloads.of(USUAL)));
  }

  private List<Sample> types(Visit visit) {
    List<String> order = visit.types();
    return webhooks.eventTypes().all(visit.site()).stream()
        .map(SendPage::sample)
        .sorted(Comparator.comparingInt(each -> order.indexOf(each.type())))
        .toList();
  }

  private static Sample sample(EventTypeDefinition type) {
    String name = type.type().name();
    String example = type.example();
    return new Sample(
        name, example == null ? SamplePayloads.of(name) : PrettyJson.of(Payload.of(example)));
  }

  /**
   * Says which endpoints are subscribed to a type, such as {@code order.paid goes to 2 endpoints:
   * CRM, Billing (failing).}; empty if that is not known, or not for this visitor to know.
   */
  private String recipients(Visit visit, String type) {
    if (!visit.can(Scope.READ) || !visit.types().contains(type)) {
      return "";
    }
    if (!webhooks.settings().get(visit.site()).webHooksEnabled()) {
      return "Nothing is sent: webHooksEnabled is off for this site.";
    }
    EndpointList list = new EndpointList(webhooks, visit.site());
    List<Endpoint> subscribed =
        list.all().stream().filter(one -> one.isSubscribedTo(new EventType(type))).toList();
    if (subscribed.isEmpty()) {
      return "No endpoint is subscribed to " + type + ".";
    }
    List<String> names = subscribed.stream().limit(MAX_NAMES).map(list::named).toList();
    int others = subscribed.size() - names.size();
    boolean isSelective =
        subscribed.stream().anyMatch(one -> one.filter() != null || !one.labels().isEmpty());
    return type
        + " goes to "
        + NumberText.counted(subscribed.size(), "endpoint")
        + ": "
        + String.join(", ", names)
        + (others == 0 ? "." : " and " + NumberText.of(others) + " more.")
        + (isSelective ? " Filters and labels may exclude some." : "");
  }

  private ConsoleReply form(Visit visit, int status, Typed typed, List<Problem> problems) {
    Frame frame = frames.of(visit, Nav.SEND, "Send");
    List<String> types = types(visit).stream().map(Sample::type).toList();
    View view = new View(types, recipients(visit, typed.type()), typed, Events.MAX_DATA, problems);
    return TemplateRenderer.page(status, (out, i) -> JteSendGenerated.render(out, i, frame, view));
  }
}
