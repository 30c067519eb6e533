package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
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
import dev.hookferry.http.console.text.JsonInput;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.http.console.text.PrettyJson;
import dev.hookferry.http.console.text.SamplePayloads;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form that publishes a test event and redirects to a page that follows its deliveries. */
public final class SendPage {
  private static final String DEFAULT_TYPE = "license_created";
  private static final int MAX_ROWS = 20;
  private static final int MAX_NAMES = 5;

  /** How far back to search for the newest event of a type. Rare types take long to find. */
  private static final Duration RECENT = Duration.ofDays(7);

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
   * @param typed the form as typed, initially with a payload to start from
   * @param origin the origin of that payload; null if the user typed it
   * @param most maximum size of the data in bytes
   * @param problems the errors in the form
   */
  public record View(
      List<String> types,
      String recipients,
      Typed typed,
      @Nullable Origin origin,
      int most,
      List<Problem> problems) {
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

    /** Returns the message for a field, or an empty string. */
    public String wrong(String field) {
      return FieldErrors.with(field, problems);
    }
  }

  /**
   * The event whose payload initially fills the form.
   *
   * @param event its id; empty if the payload is a sample
   * @param accepted when it was accepted
   */
  public record Origin(String event, DisplayTime accepted) {
    static final Origin SAMPLE = new Origin("", DisplayTime.EMPTY);
  }

  /** An event type with a sample object. */
  private record Sample(String type, String data) {}

  /** The data that initially fills the form. */
  private record Start(String data, Origin origin) {}

  public ConsoleReply show(Visit visit) {
    String requested = visit.query().text("type");
    List<Sample> types = types(visit);
    Sample sample =
        types.stream()
            .filter(each -> each.type().equals(requested))
            .findFirst()
            .orElseGet(() -> usual(types));
    Start start = newest(visit, sample.type()).orElse(new Start(sample.data(), Origin.SAMPLE));
    Typed typed = new Typed(sample.type(), start.data(), "", "", "");
    return form(visit, 200, typed, start.origin(), List.of());
  }

  /** Returns a recent event of a type to start from; empty if none exists or may be read. */
  private Optional<Start> newest(Visit visit, String type) {
    if (!visit.can(Scope.READ) || !visit.types().contains(type)) {
      return Optional.empty();
    }
    EventQuery query =
        EventQuery.ofSite(visit.site())
            .type(new EventType(type))
            .accepted(TimeWindow.ALL.since(visit.now().minus(RECENT)))
            .limit(1);
    try {
      return webhooks.events().list(query).data().stream()
          .findFirst()
          .map(event -> new Start(data(event), origin(event, visit)));
    } catch (StoreException e) {
      // The form also works with a sample.
      return Optional.empty();
    }
  }

  private static Origin origin(Event event, Visit visit) {
    return new Origin(event.id().toString(), DisplayTime.of(event.acceptedAt(), visit.now()));
  }

  /** Returns the data of an event, formatted unless that would make it too large to publish. */
  private static String data(Event event) {
    Payload data = Envelope.dataOf(event);
    String formatted = PrettyJson.of(data);
    return Payload.of(formatted).size() > Events.MAX_DATA ? data.text() : formatted;
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
    // Browsers submit line breaks as CR LF; users mean LF.
    String data = form.raw("data").replace("\r\n", "\n").strip();
    Typed typed =
        new Typed(
            form.text("type"), data, form.text("id"), form.raw("labels"), form.text("deliverAt"));
    Receipt receipt;
    try {
      receipt = FutureResult.of(visit.webhooks().publish(visit.site(), event(typed)));
    } catch (InvalidException e) {
      return form(visit, 400, typed, null, e.problems());
    } catch (RefusedException e) {
      Problem refusal = new Problem("", String.valueOf(e.getMessage()));
      return form(visit, 409, typed, null, List.of(refusal));
    }
    String page = visit.can(Scope.READ) ? "/events/" + receipt.id() : "/send";
    String rest = receipt.deliveries() == 0 ? "No endpoint is subscribed to it." : "";
    return visit.done(visit.path(page), summary(receipt), rest);
  }

  private static NewEvent event(Typed typed) {
    Problems problems = new Problems();
    EventType type = problems.collect("", () -> new EventType(typed.type()));
    var data = problems.collect("", () -> JsonInput.data(typed.data()));
    EventId id = typed.id().isEmpty() ? null : problems.collect("", () -> new EventId(typed.id()));
    var labels = problems.collect("", () -> KeyValueLines.parse("labels", typed.labels()));
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

  /** Returns the initial type: the first of the site's own types, if it has any. */
  private static Sample usual(List<Sample> types) {
    return types.stream()
        .limit(1)
        .filter(first -> !EventCatalog.QLM_EVENTS.contains(new EventType(first.type())))
        .findFirst()
        .orElse(new Sample(DEFAULT_TYPE, SamplePayloads.of(DEFAULT_TYPE)));
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
   * Returns which endpoints are subscribed to a type, such as {@code order.paid goes to 2
   * endpoints: CRM, Billing (failing).}; empty if unknown or hidden from this user.
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
    long selective =
        subscribed.stream().filter(one -> one.filter() != null || !one.labels().isEmpty()).count();
    return type
        + " goes to "
        + NumberText.counted(subscribed.size(), "endpoint")
        + ": "
        + String.join(", ", names)
        + (others == 0 ? "." : " and " + NumberText.of(others) + " more.")
        + excluding(selective, subscribed.size());
  }

  private static String excluding(long selective, int all) {
    String some = selective == all ? "any" : NumberText.of(selective);
    return selective == 0
        ? ""
        : " Filters or labels may exclude " + (all == 1 ? "it." : some + " of them.");
  }

  private ConsoleReply form(
      Visit visit, int status, Typed typed, @Nullable Origin origin, List<Problem> problems) {
    Frame frame = frames.of(visit, Nav.SEND, "Publish");
    List<String> types = types(visit).stream().map(Sample::type).toList();
    String recipients = recipients(visit, typed.type());
    View view = new View(types, recipients, typed, origin, Events.MAX_DATA, problems);
    return TemplateRenderer.page(status, (out, i) -> JteSendGenerated.render(out, i, frame, view));
  }
}
