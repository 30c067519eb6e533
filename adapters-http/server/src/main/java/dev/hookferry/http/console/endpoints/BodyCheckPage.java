package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.MappedBody;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.wire.Utf8;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EventType;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Live preview of the body chosen in a form, rendered for the newest event of the form's types. */
public final class BodyCheckPage {
  /** Maximum number of events to search for one with a matching type. */
  private static final int SEEN = 20;

  private static final int MAX_LENGTH = 4_000;

  private final Webhooks webhooks;

  public BodyCheckPage(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Replies with the body as text: 200 if it can be saved, 400 if it cannot. */
  public ConsoleReply check(Visit visit) {
    EndpointForm typed = EndpointForm.of(visit.form());
    if (typed.body().isEmpty()) {
      return reply(200, "");
    }
    try {
      BodySettings body = typed.body().settings();
      Optional<Event> newest = newest(visit, typed.typeFilters());
      return reply(
          200,
          newest
              .map(
                  event ->
                      shown(event, webhooks.events().previewBody(visit.site(), event.id(), body)))
              .orElse("There are no events of these types yet to preview it with."));
    } catch (InvalidException e) {
      return reply(
          400, e.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
  }

  private Optional<Event> newest(Visit visit, List<EventTypeFilter> types) {
    EventType only =
        types.size() == 1 && types.get(0).isExact() ? new EventType(types.get(0).pattern()) : null;
    EventQuery query =
        EventQuery.ofSite(visit.site()).type(only).page(PageRequest.of(only == null ? SEEN : 1));
    return webhooks.events().list(query).data().stream()
        .filter(event -> only != null || !event.type().equals(EventType.TEST))
        .filter(event -> types.stream().anyMatch(type -> type.matches(event.type())))
        .findFirst();
  }

  private static String shown(Event event, MappedBody mapped) {
    StringBuilder text =
        new StringBuilder("For ").append(event.type()).append(' ').append(event.id()).append(":\n");
    text.append("Content-Type: ").append(mapped.contentType()).append('\n');
    mapped
        .headers()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append('\n');
    boolean isText = Utf8.isValid(mapped.body().unsafeBytes());
    String body =
        isText
            ? mapped.body().text()
            : NumberText.counted(mapped.body().size(), "byte") + " that are not text";
    return body.length() <= MAX_LENGTH
        ? text.append(body).toString()
        : text.append(body, 0, MAX_LENGTH)
            .append("… (")
            .append(body.length())
            .append(" characters)")
            .toString();
  }

  private static ConsoleReply reply(int status, String text) {
    return ConsoleReply.of(
        status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
